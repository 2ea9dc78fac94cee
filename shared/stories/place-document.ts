// Puts a document into its story: the same text as a report of it, the same event, or a story of its own. What is decided here depends on
// the document, the stories found and the word statistics alone, so the same input gives the same stories.
import type { Turns } from '../core/turns.ts';
import { hashId } from '../model/ids.ts';
import { decisionsTaken } from './announcements.ts';
import { isCopy } from './copies.ts';
import { differingIdentity, differingLabels, fillsFormDifferently, namesDiffer } from './differing-identity.ts';
import { LEAST_IN_WORDS, likenessInWords, likenessOf, sizeDistance } from './likeness.ts';
import { lookupKeys } from './lookup-keys.ts';
import type { DocumentReader, ReadDocument, StoryDocument } from './read-document.ts';
import { copyReason, firstReason, newReason, newWords, ROUND_UP_REASON, sameReason } from './reasons.ts';
import { isRoundUp } from './round-ups.ts';
import { KEYS_OF_STORY, type StoryIndex, type StoryVerdict } from './story-index.ts';
import { joinStory, OPEN_FOR_MS, type StoryRecord, startStory } from './story-record.ts';
import { type WeighedDocument, weighDocument } from './weigh-document.ts';
import { whatsNew } from './whats-new.ts';
import type { WordStatistics } from './word-statistics.ts';

/** From this likeness on a document joins a story. Generous: what joins is threaded, not silenced. */
const JOIN_FROM = 0.22;
/**
 * From this likeness on, less what the headline brings, a document that joins is a repetition and may be held back. The size of the
 * story does not count here: the more reports it has, the less is new.
 */
const HOLD_FROM = 0.23;
/** What a headline that is new throughout takes off. */
const NEWS_FACTOR = 0.4;

/** Shares of the headline of a copy that may be new. */
const MUCH_NEW_IN_COPY = 0.6;
const MOST_NEW_IN_COPY = 0.9;

/** Taken off where the headlines name different people or places. */
const OTHER_NAMES = 0.09;
/** Taken off besides while all that is known of words is a guess, if these headlines may be one form; less, the more was read. */
const OTHER_NAMES_IN_FORM = 0.3;

export interface Placing {
  readonly verdict: StoryVerdict;
  /** The story as it is now; null for one that attracts nothing. */
  readonly story: StoryRecord | null;
}

export interface StoryParts {
  readonly reader: DocumentReader;
  readonly statistics: Pick<WordStatistics, 'add' | 'informationIn' | 'guessedIn'>;
  readonly index: StoryIndex;
  /** Documents that may be of one story are placed one after the other; absent where documents come one at a time. */
  readonly turns?: Turns;
}

/** Reads a document for the word statistics only. */
export function learnFrom(document: StoryDocument, { reader, statistics }: StoryParts): void {
  statistics.add(document.language, keysOf(reader.read(document)), document.timeMs);
}

/** The different words of a document, for the word statistics. */
export const keysOf = ({ words }: ReadDocument): readonly number[] => words.all.map(({ key }) => key);

/** The verdict on a document; one that was seen before has the same again and changes nothing. */
export async function placeDocument(document: StoryDocument, parts: StoryParts): Promise<StoryVerdict> {
  const known = await parts.index.verdictOf(document.id);
  if (known !== null) return known;
  const read = parts.reader.read(document);
  const weighed = weighDocument(read, parts.statistics);
  const keys = lookupKeys(weighed);
  const decide = async (): Promise<StoryVerdict> => {
    const { verdict, story } = place(weighed, keys, await parts.index.find(document.language, keys));
    await parts.index.put(document.id, verdict, story);
    return verdict;
  };
  const own = keys.slice(0, KEYS_OF_STORY).map((key) => `${document.language} ${key}`);
  const verdict = await (parts.turns === undefined ? decide() : parts.turns(own, decide));
  parts.statistics.add(document.language, keysOf(read), document.timeMs);
  return verdict;
}

/** The verdicts on documents that came together, in their order: the earliest is placed first. */
export async function placeDocuments(
  documents: readonly StoryDocument[],
  parts: StoryParts,
): Promise<readonly StoryVerdict[]> {
  const verdicts = new Map<StoryDocument, StoryVerdict>();
  for (const document of documents.toSorted((a, b) => a.timeMs - b.timeMs || (a.id < b.id ? -1 : 1)))
    verdicts.set(document, await placeDocument(document, parts));
  return documents.map((document) => verdicts.get(document)!);
}

/** `keys`: the best first. */
function place(document: WeighedDocument, keys: readonly number[], candidates: readonly StoryRecord[]): Placing {
  if (isRoundUp(document.document.title, document.document.text))
    return { verdict: { story: storyIdOf(document), kind: 'first', reason: ROUND_UP_REASON, news: [] }, story: null };
  const open = candidates
    .filter(({ lastAtMs }) => document.document.timeMs - lastAtMs <= OPEN_FOR_MS)
    .map((story) => ({ story, inWords: likenessInWords(document, story) }))
    .filter(({ inWords }) => inWords >= LEAST_IN_WORDS);
  const copied = open.find(({ story }) => isCopy(document, story) && isOfSameEvent(document, story));
  if (copied !== undefined) return copyOf(document, copied.story);
  const near = open
    .map(({ story, inWords }) => ({ story, likeness: likenessOf(document, story, inWords) }))
    .filter(({ likeness }) => likeness >= JOIN_FROM)
    .map(({ story, likeness }) => ({ story, likeness: likeness - namesDistance(document, story) }))
    .filter(({ likeness }) => likeness >= JOIN_FROM)
    .sort((a, b) => b.likeness - a.likeness || (a.story.id < b.story.id ? -1 : 1));
  let refused: { readonly story: StoryRecord; readonly because: string } | null = null;
  for (const { story, likeness } of near) {
    const because = differingIdentity(document, story);
    if (because === null) return joined(document, story, likeness);
    refused ??= { story, because };
  }
  const id = storyIdOf(document);
  return {
    verdict: { story: id, kind: 'first', reason: firstReason(refused), news: [] },
    story: startStory(id, document, keys.slice(0, KEYS_OF_STORY)),
  };
}

/**
 * Many feeds put the same lines under every headline. So what the headline says must be known of the story; where much of it is new, the document
 * must be like the story besides, and where all of it is new, it is no copy.
 */
function isOfSameEvent(document: WeighedDocument, story: StoryRecord): boolean {
  const { headlineShare } = whatsNew(document, story);
  if (decisionsTaken(document, story).length > 0) return false;
  if (document.hasCapitals && headlineShare <= MUCH_NEW_IN_COPY) return differingLabels(document, story) === null;
  return (
    headlineShare <= MOST_NEW_IN_COPY &&
    likenessOf(document, story) - namesDistance(document, story) >= JOIN_FROM &&
    differingIdentity(document, story) === null
  );
}

/** What differing names take off. */
function namesDistance(document: WeighedDocument, story: StoryRecord): number {
  if (!namesDiffer(document, story)) return 0;
  const { guessed } = document;
  return OTHER_NAMES + (guessed > 0 && fillsFormDifferently(document, story) ? guessed * OTHER_NAMES_IN_FORM : 0);
}

function copyOf(document: WeighedDocument, story: StoryRecord): Placing {
  const verdict = { story: story.id, kind: 'copy', reason: copyReason(document, story), news: [] } as const;
  return { verdict, story: joinStory(story, document, true) };
}

function joined(document: WeighedDocument, story: StoryRecord, likeness: number): Placing {
  const news = whatsNew(document, story);
  const isSame =
    likeness + sizeDistance(document, story) - NEWS_FACTOR * news.headlineShare >= HOLD_FROM &&
    news.numbers.length === 0 &&
    news.decisions.length === 0;
  const verdict = isSame
    ? ({ story: story.id, kind: 'same', reason: sameReason(document, story), news: [] } as const)
    : ({ story: story.id, kind: 'new', reason: newReason(document, story, news), news: newWords(news) } as const);
  return { verdict, story: joinStory(story, document, false) };
}

/** Made of the first report's id, so that the same input names its stories alike. */
const storyIdOf = ({ document }: WeighedDocument): string => `s${hashId('story', document.id).slice(0, 10)}`;
