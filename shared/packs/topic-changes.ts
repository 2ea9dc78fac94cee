// What putting, removing and restoring topics does to those that are known: decided here, written by the store.
import { InvalidInputError } from '../core/errors.ts';
import { isInForce, type TopicEntry, type TopicSource } from '../model/topic.ts';

export interface PutTopicsOptions {
  /** Packs that are put whole: their topics that are not put end. A configuration's packs always are; name those without topics. */
  readonly replacePacks?: readonly string[];
  /**
   * `configuration`: all packs of the configuration folder are put, so a topic that came from it and is not among them ends: its
   * file is gone. @default push
   */
  readonly source?: TopicSource;
  /**
   * What happens when files are gone and more than half of all topics, or all of the folder, would end, as with an empty mount.
   * `refuse`: InvalidInputError, nothing is written; `keep`: the topics whose files are gone stay in force; `end`: they end.
   * @default refuse
   */
  readonly whenMostEnd?: 'refuse' | 'keep' | 'end';
}

/** Ids, sorted. */
export interface TopicsPut {
  /** New, changed, or in force again. */
  readonly changed: readonly string[];
  readonly ended: readonly string[];
  /** Among those put, but not in force: an operator removed them. */
  readonly disabled: readonly string[];
  /** In force although their pack files are gone: too many at once. */
  readonly missing: readonly string[];
}

export interface TopicChange<Entry extends TopicEntry> {
  readonly write: readonly Entry[];
  readonly remove: readonly string[];
}

type Known<Entry> = ReadonlyMap<string, Entry>;

/**
 * `wanted`: what is put, whose marks (source, disabled, missing) do not count. A disabled topic is brought up to date and stays
 * disabled; it outlives its pack file, for the file may come back. Throws InvalidInputError (`topics_missing`).
 */
export function planPut<Entry extends TopicEntry>(
  known: Known<Entry>,
  wanted: Known<Entry>,
  options: PutTopicsOptions = {},
): TopicChange<Entry> & { readonly report: TopicsPut } {
  const { source = 'push' } = options;
  const after = [...wanted.values()].map((entry) => ({
    ...entry,
    source,
    disabledAt: known.get(entry.id)?.disabledAt ?? null,
    isMissing: false,
  }));
  const { ended, missing } = whatEnds(known, wanted, options);
  const kept = missing.map((entry) => ({ ...entry, isMissing: true }));
  return {
    write: [...after, ...kept].filter((entry) => !isSame(known.get(entry.id), entry)),
    remove: idsOf(ended),
    report: {
      changed: idsOf(after.filter((entry) => isInForce(entry) && !isSameText(known.get(entry.id), entry))),
      ended: idsOf(ended),
      disabled: idsOf(after.filter((entry) => !isInForce(entry))),
      missing: idsOf(missing),
    },
  };
}

/** Null: the topic does not exist. */
export function planRemoval<Entry extends TopicEntry>(
  known: Known<Entry>,
  id: string,
  at: string,
): (TopicChange<Entry> & { readonly outcome: 'disabled' | 'ended' }) | null {
  const entry = known.get(id);
  if (entry === undefined) return null;
  if (entry.source === 'push' && isInForce(entry)) return { write: [], remove: [id], outcome: 'ended' };
  const write = isInForce(entry) ? [{ ...entry, disabledAt: at }] : [];
  return { write, remove: [], outcome: 'disabled' };
}

/** Null: the topic does not exist. */
export function planRestoring<Entry extends TopicEntry>(known: Known<Entry>, id: string): TopicChange<Entry> | null {
  const entry = known.get(id);
  if (entry === undefined) return null;
  return { write: isInForce(entry) ? [] : [{ ...entry, disabledAt: null }], remove: [] };
}

function whatEnds<Entry extends TopicEntry>(
  known: Known<Entry>,
  wanted: Known<Entry>,
  { replacePacks = [], source, whenMostEnd = 'refuse' }: PutTopicsOptions,
): { readonly ended: readonly Entry[]; readonly missing: readonly Entry[] } {
  const ofFolder = source === 'configuration' ? [...wanted.values()].map(({ pack }) => pack) : [];
  const packs = new Set([...replacePacks, ...ofFolder]);
  const inForce = [...known.values()].filter(isInForce);
  const left = inForce.filter(({ id }) => !wanted.has(id));
  const dropped = left.filter(({ pack }) => packs.has(pack));
  const gone = left.filter((entry) => source === 'configuration' && isOfFolder(entry) && !packs.has(entry.pack));
  const isMost = 2 * (dropped.length + gone.length) > inForce.length || wanted.size === 0;
  if (gone.length === 0 || !isMost || whenMostEnd === 'end') return { ended: [...dropped, ...gone], missing: [] };
  if (whenMostEnd === 'keep') return { ended: dropped, missing: gone };
  throw new InvalidInputError(
    'topics_missing',
    `${gone.length} of ${inForce.length} topics in force would end, because their pack files are gone; nothing was changed`,
    [
      `packs: ${[...new Set(gone.map(({ pack }) => pack))].sort().join(', ')}`,
      'if the folder of the packs is not mounted or not complete, restore the files',
      'to end the topics: tocsin topics push --end-missing; on AWS add --stack NAME, and run it before the next deploy',
    ],
  );
}

const isOfFolder = ({ source }: TopicEntry): boolean => source === 'configuration';

/** In force with the same text. */
const isSameText = (before: TopicEntry | undefined, after: TopicEntry): boolean =>
  before?.version === after.version && before.digest === after.digest;

const isSame = (before: TopicEntry | undefined, after: TopicEntry): boolean =>
  isSameText(before, after) && before?.source === after.source && before.isMissing === after.isMissing;

const idsOf = (entries: readonly TopicEntry[]): readonly string[] => entries.map(({ id }) => id).sort();
