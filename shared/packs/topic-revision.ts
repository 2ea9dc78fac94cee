// What tells the versions of one topic, and the states of all topics in force, apart.
import { hashId } from '../model/ids.ts';
import { isInForce, type Topic, type TopicEntry } from '../model/topic.ts';

/** A topic in force without a recorded source; the caller adds what it knows. */
export const entryOf = (topic: Topic): TopicEntry => ({
  id: topic.id,
  version: topic.version,
  pack: topic.pack,
  digest: hashId('topic', canonicalJson(topic)),
  source: null,
  disabledAt: null,
  isMissing: false,
});

/** The same for the same topics in force, in whatever order they were put. */
export function revisionOf(entries: Iterable<TopicEntry>): string {
  const inForce = [...entries].filter(isInForce);
  const lines = inForce.map(({ id, version, digest }) => `${id} ${version} ${digest}`);
  return hashId('revision', ...lines.sort());
}

/** JSON whose objects have their keys sorted: equal values give equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
