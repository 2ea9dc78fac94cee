// `tocsin stories ID`: one story report by report, and why each is part of it.
import type { PublishedReport } from '../../../shared/model/hit.ts';
import type { Page } from '../../../shared/model/page.ts';
import type { PublishedStory } from '../../../shared/model/story.ts';
import type { ApiClient } from '../../api/client.ts';
import { type CommandIo, EXIT } from '../../command.ts';
import { printJson } from '../../output.ts';
import { storyAsText } from '../../stories/shown-story.ts';

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
  if (io.json) printJson(io, { ...story, reports });
  else io.stdout(storyAsText(story, reports, io.zone));
  return EXIT.done;
}
