// What a digest gathers: the reports of its window, story by story.
import { gravest, type Hit } from '../model/hit.ts';
import type { DeliveryId } from '../model/ids.ts';
import type { Match } from '../model/match.ts';
import { type Severity, severityRank } from '../model/severity.ts';
import type { Story, StoryReader } from '../model/story.ts';
import type { Delivery, Subscription } from '../model/subscription.ts';
import { whyRepeat } from './policy.ts';

export interface DigestReport {
  /** Null for a match from before there were hits. */
  readonly hit: Hit | null;
  /** What the subscriber wants of the article. */
  readonly matches: readonly [Match, ...Match[]];
  readonly deliveryIds: readonly DeliveryId[];
}

export interface DigestStory {
  /** Null for a match from before there were hits, and for a story that is no longer stored. */
  readonly story: Story | null;
  /** The first one first. */
  readonly reports: readonly [DigestReport, ...DigestReport[]];
  /** The subscriber was alerted to it before this digest, and none of these reports brings anything new. */
  readonly isRepeat: boolean;
  readonly severity: Severity;
}

/** Story by story, the gravest first, then by the first report. */
export function storiesOfDigest(input: {
  readonly members: readonly Delivery[];
  /** What the subscriber wants of each delivery. */
  readonly wanted: ReadonlyMap<DeliveryId, readonly Match[]>;
  readonly hits: ReadonlyMap<string, Hit>;
  readonly stories: ReadonlyMap<string, Story>;
  readonly readers: ReadonlyMap<string, StoryReader>;
  readonly subscription: Subscription;
  /** What this digest itself reported, before its sender died, is no repeat. */
  readonly digestId: string;
}): readonly DigestStory[] {
  const { hits, stories, readers } = input;
  const reports = [...Map.groupBy(input.members, articleOf).values()].flatMap((deliveries) =>
    reportOf(deliveries, input),
  );
  const byStory = Map.groupBy(reports, ({ hit, matches }) => hit?.story.id ?? `article ${matches[0].article.id}`);
  return [...byStory]
    .flatMap(([id, unsorted]): DigestStory[] => {
      const [first, ...others] = unsorted.toSorted((a, b) => (seenKey(a) < seenKey(b) ? -1 : 1));
      if (first === undefined) return [];
      const reader = readers.get(id) ?? null;
      return [
        {
          story: stories.get(id) ?? null,
          reports: [first, ...others],
          isRepeat: isRepeat([first, ...others], reader, input),
          severity: gravest(unsorted.flatMap(({ matches }) => matches.map(({ topic }) => topic.severity))),
        },
      ];
    })
    .sort(
      (a, b) =>
        severityRank(b.severity) - severityRank(a.severity) || (seenKey(a.reports[0]) < seenKey(b.reports[0]) ? -1 : 1),
    );

  function reportOf(deliveries: readonly Delivery[], { wanted }: typeof input): readonly DigestReport[] {
    const all = new Map(deliveries.flatMap(({ id }) => wanted.get(id) ?? []).map((match) => [match.id, match]));
    const [lead, ...more] = [...all.values()];
    if (lead === undefined) return [];
    const hit = hits.get(lead.article.id) ?? null;
    return [{ hit, matches: [lead, ...more], deliveryIds: deliveries.map(({ id }) => id) }];
  }
}

/** Revisions of one hit are one report. */
const articleOf = ({ articleId, id }: Delivery): string => articleId ?? id;

function isRepeat(
  reports: readonly DigestReport[],
  reader: StoryReader | null,
  { subscription, digestId }: { readonly subscription: Subscription; readonly digestId: string },
): boolean {
  if (reader === null || reader.alertedAt === null || reader.alertedBy === digestId) return false;
  return reports.every(
    ({ hit, matches }) => hit !== null && whyRepeat({ hit, matches, subscription, reader }) !== null,
  );
}

const seenKey = ({ matches: [{ article }] }: DigestReport): string => `${article.firstSeenAt} ${article.id}`;
