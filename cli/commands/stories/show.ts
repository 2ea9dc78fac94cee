// `tocsin stories ID`: one story report by report, why each is part of it, and what became of its alerts.
import type { PublishedReport } from '../../../shared/model/hit.ts';
import type { Page } from '../../../shared/model/page.ts';
import type { PublishedStory } from '../../../shared/model/story.ts';
import type { PublishedDelivery } from '../../../shared/model/subscription.ts';
import type { ApiClient } from '../../api/client.ts';
import { type CommandIo, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { storyAsText } from '../../stories/shown-story.ts';

const MOST_DELIVERIES = 500;

type StoryWithReports = PublishedStory & { readonly reports: Page<PublishedReport> };

export async function showStory(api: ApiClient, id: string, io: CommandIo): Promise<number> {
  const path = `/v1/stories/${encodeURIComponent(id)}`;
  const { reports: first, ...story } = await api.call<StoryWithReports>('GET', path);
  const reports = [...first.items];
  for (let { cursor } = first; cursor !== null; ) {
    const { reports: next } = await api.call<StoryWithReports>('GET', path, { query: { cursor } });
    reports.push(...next.items);
    cursor = next.cursor;
  }
  const deliveries = await deliveriesOf(api, id);
  if (io.json) printJson(io, { ...story, reports, deliveries });
  else io.stdout(storyAsText(story, reports, deliveries, io.zone));
  return EXIT.done;
}

/** Those of the newest reports; a story may have been sent to thousands. */
async function deliveriesOf(api: ApiClient, story: string): Promise<readonly PublishedDelivery[]> {
  const found: PublishedDelivery[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<PublishedDelivery> = await api.call('GET', '/v1/deliveries', {
      query: { story, limit: '100', cursor: cursor ?? undefined },
    });
    found.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== null && found.length < MOST_DELIVERIES);
  return found;
}
