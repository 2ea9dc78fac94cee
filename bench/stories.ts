// Stories: processor time per document while 50,000 stories are open, beside a plain one-pass centroid of the same documents, in one run; and
// quality on a labelled file: npm run bench -- stories --documents FILE --labels FILE [--days DAY,DAY]
// and how many machine-made copies of the documents are found: npm run bench -- stories --documents FILE --copies COUNT [--seed SEED]
// Documents are lines as `tocsin stories` reads them; labels are lines { id, story }. Documents without a label feed the statistics.
import { parseArgs } from 'node:util';
import { packStory, unpackStory } from '../adapters/dynamodb/story-words.ts';
import { isCaption } from '../shared/stories/captions.ts';
import { MemoryStoryIndex } from '../shared/stories/memory-story-index.ts';
import { keysOf, learnFrom, placeDocument, type StoryParts } from '../shared/stories/place-document.ts';
import { DocumentReader, type StoryDocument } from '../shared/stories/read-document.ts';
import { isRoundUp } from '../shared/stories/round-ups.ts';
import type { StoryIndex, StoryVerdict } from '../shared/stories/story-index.ts';
import { WordStatistics } from '../shared/stories/word-statistics.ts';
import { outletCopy } from '../test/support/outlet-copies.ts';
import { seeded } from '../test/support/seeded.ts';
import { linesOf } from './json-lines.ts';
import { heading, note, tell } from './report.ts';

const OPEN_STORIES = 50_000;
const MEASURED = 4_000;
const STORED = 2_000;
const MOST_MICROSECONDS = 50;
const HOUR_MS = 3_600_000;

export async function run(options: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...options],
    options: {
      documents: { type: 'string' },
      labels: { type: 'string' },
      days: { type: 'string' },
      copies: { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  });
  if (values.documents !== undefined && values.labels !== undefined)
    await tellQuality(values.documents, values.labels, values.days?.split(','));
  else if (values.documents !== undefined && values.copies !== undefined)
    await tellCopies(values.documents, Number(values.copies), Number(values.seed));
  else await tellCosts();
}

async function tellCosts(): Promise<void> {
  heading(`Stories, with ${OPEN_STORIES.toLocaleString('en')} of them open`);
  const news = new InventedNews(7);
  const parts = freshParts();
  const before = usedMegabytes();
  while (parts.index.size < OPEN_STORIES) await placeDocument(news.first(), parts);
  tell('memory of the open stories and the statistics', usedMegabytes() - before, 'MB');
  const documents = Array.from({ length: MEASURED }, (_, i) => (i % 3 === 0 ? news.repeat() : news.first()));
  const plain = new PlainCentroids(parts.reader);
  for (let i = 0; i < OPEN_STORIES / 50; i++) plain.place(news.first());
  const reading = microsecondsEach(documents, (document) => parts.reader.read(document));
  const stored = new Map<string, Uint8Array>();
  const index: StoryIndex = {
    verdictOf: (id) => parts.index.verdictOf(id),
    find: (language, keys) => parts.index.find(language, keys),
    async put(id, verdict, story) {
      if (story !== null) stored.set(story.id, packStory(story));
      await parts.index.put(id, verdict, story);
    },
  };
  for (let i = 0; i < STORED; i++) await placeDocument(news.first(), { ...parts, index });
  const began = process.cpuUsage();
  const kinds = new Map<string, number>();
  for (const document of documents) {
    const { kind } = await placeDocument(document, parts);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const { user, system } = process.cpuUsage(began);
  const whole = (user + system) / documents.length;
  note(`verdicts: ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
  tell('reading a document: words, numbers, runs of words', reading, 'µs');
  tell('all else: candidates, likeness, verdict, statistics', whole - reading, 'µs', { most: MOST_MICROSECONDS });
  tell(
    'reading the ten stories of a hit from the table',
    10 * microsecondsEach([...stored.values()], unpackStory),
    'µs',
  );
  const scanned = microsecondsEach(documents.slice(0, 300), (document) => plain.place(document));
  tell('a plain one-pass centroid, with a fiftieth of the stories', scanned, 'µs');
}

/** TF-IDF of title and lead, the nearest of all centroids above one threshold: what there is to beat. */
class PlainCentroids {
  readonly #reader: DocumentReader;
  readonly #statistics = new WordStatistics();
  readonly #centroids: Map<number, number>[] = [];
  readonly #threshold: number;

  constructor(reader: DocumentReader, threshold = 0.35) {
    this.#reader = reader;
    this.#threshold = threshold;
  }

  learn(document: StoryDocument): void {
    this.#statistics.add(document.language, keysOf(this.#reader.read(document)), document.timeMs);
  }

  place(document: StoryDocument): number {
    const read = this.#reader.read(document);
    const weights = new Map<number, number>();
    for (const { key, count, prior } of read.words.all) {
      weights.set(key, (1 + Math.log(count)) * this.#statistics.informationIn(document.language)(key, prior));
    }
    const length = Math.hypot(...weights.values()) || 1;
    let best = -1;
    let likeness = this.#threshold;
    for (const [index, centroid] of this.#centroids.entries()) {
      let product = 0;
      let squares = 0;
      for (const [key, weight] of centroid) {
        squares += weight * weight;
        product += weight * ((weights.get(key) ?? 0) / length);
      }
      if (product / Math.sqrt(squares) > likeness) {
        likeness = product / Math.sqrt(squares);
        best = index;
      }
    }
    if (best === -1) best = this.#centroids.push(new Map()) - 1;
    const centroid = this.#centroids[best]!;
    for (const [key, weight] of weights) centroid.set(key, (centroid.get(key) ?? 0) + weight / length);
    this.#statistics.add(document.language, keysOf(read), document.timeMs);
    return best;
  }
}

async function tellQuality(
  documentsFile: string,
  labelsFile: string,
  days: readonly string[] | undefined,
): Promise<void> {
  const labels = new Map(linesOf<{ id: string; story: string }>(labelsFile).map(({ id, story }) => [id, story]));
  const parts = freshParts();
  const plain = new PlainCentroids(parts.reader);
  const verdicts = new Map<string, StoryVerdict>();
  const plainStories = new Map<string, string>();
  const counted: string[] = [];
  for (const { id, title, text, lang, publishedAt } of linesOf<Record<string, string>>(documentsFile)) {
    const document = documentOf(id!, title!, text!, lang ?? 'en', Date.parse(publishedAt!));
    if (labels.has(document.id)) {
      verdicts.set(document.id, await placeDocument(document, parts));
      plainStories.set(document.id, String(plain.place(document)));
      if (days === undefined || days.includes(publishedAt!.slice(0, 10))) counted.push(document.id);
    } else {
      learnFrom(document, parts);
      plain.learn(document);
    }
  }
  heading(`Stories of ${counted.length} labelled documents${days === undefined ? '' : ` of ${days.join(', ')}`}`);
  const stories = new Map([...verdicts].map(([id, { story }]) => [id, story]));
  for (const [name, found] of [
    ['grouping', stories],
    ['a plain one-pass centroid', plainStories],
  ] as const) {
    const { precision, recall } = bcubed(found, labels, counted);
    note(
      `${name}: P ${precision.toFixed(3)}  R ${recall.toFixed(3)}  F1 ${((2 * precision * recall) / (precision + recall)).toFixed(3)}`,
    );
  }
  tellHeldBack(verdicts, labels, counted);
}

/** Shorter texts have no head, foot and middle. */
const FEWEST_WORDS = 20;
/** A copy comes so much later at most. */
const COPIED_WITHIN_MS = 5 * HOUR_MS;
/** So many misses are shown. */
const MOST_SHOWN = 10;

/** Of about so many of the documents one copy each is placed; all others feed the statistics. */
async function tellCopies(documentsFile: string, count: number, seed: number): Promise<void> {
  const parts = freshParts();
  const random = seeded(seed);
  const lines = linesOf<Record<string, string>>(documentsFile);
  const missed: string[] = [];
  let made = 0;
  for (const { id, title, text, lang = 'en', publishedAt } of lines) {
    const document = documentOf(id!, title!, text!, lang, Date.parse(publishedAt!));
    const isSuitable = text!.split(' ').length >= FEWEST_WORDS && !isRoundUp(title!, text!) && !isCaption(text!);
    if (random() >= count / lines.length || !isSuitable) {
      learnFrom(document, parts);
      continue;
    }
    const { story } = await placeDocument(document, parts);
    const sentences = [...new Intl.Segmenter(lang, { granularity: 'sentence' }).segment(text!)].map(({ segment }) =>
      segment.trim(),
    );
    const copy = outletCopy({ language: lang, title: title!, sentences }, random);
    const timeMs = document.timeMs + Math.floor(random() * COPIED_WITHIN_MS);
    const verdict = await placeDocument(documentOf(`copy of ${id}`, copy.title, copy.text, lang, timeMs), parts);
    made += 1;
    if (verdict.kind !== 'copy' || verdict.story !== story) missed.push(`${id}, ${verdict.kind}: ${copy.changes}`);
  }
  heading(`Copies of ${made} documents`);
  for (const each of missed.slice(0, MOST_SHOWN)) note(each);
  tell('copies found', (100 * (made - missed.length)) / made, '%', { least: 98 });
}

function tellHeldBack(
  verdicts: ReadonlyMap<string, StoryVerdict>,
  labels: ReadonlyMap<string, string>,
  counted: readonly string[],
): void {
  const firsts = new Set([...new Map([...verdicts.keys()].toReversed().map((id) => [labels.get(id), id])).values()]);
  const isHeld = (id: string): boolean => ['same', 'copy'].includes(verdicts.get(id)!.kind);
  const repeats = counted.filter((id) => !firsts.has(id));
  const news = counted.filter((id) => firsts.has(id));
  tell(`repeats held back, of ${repeats.length}`, (100 * repeats.filter(isHeld).length) / repeats.length, '%', {
    least: 45,
  });
  tell(`first reports lost, of ${news.length}`, (100 * news.filter(isHeld).length) / news.length, '%', { most: 1 });
}

/** Bagga and Baldwin, Entity-based cross-document coreferencing, 1998: the mean over documents. */
function bcubed(found: ReadonlyMap<string, string>, labels: ReadonlyMap<string, string>, counted: readonly string[]) {
  const [groups, truths] = [membersOf(found), membersOf(new Map([...found.keys()].map((id) => [id, labels.get(id)!])))];
  let [precision, recall] = [0, 0];
  for (const id of counted) {
    const group = groups.get(found.get(id)!)!;
    const truth = truths.get(labels.get(id)!)!;
    const common = group.filter((each) => truth.includes(each)).length;
    precision += common / group.length / counted.length;
    recall += common / truth.length / counted.length;
  }
  return { precision, recall };
}

const membersOf = (storyOf: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(Object.groupBy(storyOf.keys(), (id) => storyOf.get(id)!)).map(([story, ids]) => [story, ids ?? []]),
  );

const freshParts = (): StoryParts & { readonly index: MemoryStoryIndex } => ({
  reader: new DocumentReader(),
  statistics: new WordStatistics(),
  index: new MemoryStoryIndex(),
});

const documentOf = (id: string, title: string, text: string, language: string, timeMs: number): StoryDocument => ({
  id,
  title,
  text,
  language,
  timeMs,
  isTimeKnown: true,
});

/** News of invented words: as many common and rare ones as news has, names with capitals, numbers here and there. */
class InventedNews {
  #state: number;
  #count = 0;
  readonly #recent: (readonly string[])[] = [];

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Of an event of its own. */
  first(): StoryDocument {
    const event = [this.#name(), this.#name(), this.#name(), ...this.#words(7)];
    this.#recent.push(event);
    if (this.#recent.length > 2_000) this.#recent.shift();
    return this.#report(event);
  }

  /** Of a recent event, in other words. */
  repeat(): StoryDocument {
    return this.#report(this.#recent[Math.floor(this.#random() * this.#recent.length)]!);
  }

  #report(event: readonly string[]): StoryDocument {
    const told = event.filter(() => this.#random() < 0.8);
    const title = [...told.slice(0, 6), ...this.#words(3)].join(' ');
    const text = [...this.#words(20), ...told, String(Math.floor(this.#random() * 900)), ...this.#words(20)].join(' ');
    this.#count += 1;
    // Three days for 50,000 stories.
    return documentOf(
      `d${this.#count}`,
      `${title[0]!.toUpperCase()}${title.slice(1)}`,
      `${text}.`,
      'en',
      this.#count * 0.0015 * HOUR_MS,
    );
  }

  #words(count: number): string[] {
    return Array.from({ length: count }, () => wordOf(Math.floor(30_000 ** this.#random())));
  }

  #name(): string {
    const word = wordOf(40_000 + Math.floor(20_000 ** this.#random()));
    return `${word[0]!.toUpperCase()}${word.slice(1)}`;
  }

  #random(): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.#state / 2 ** 32;
  }
}

const SYLLABLES = 'ba ke ri to mu sha lo ven dar pel gin ost ur ama ci'.split(' ');

function wordOf(rank: number): string {
  let word = '';
  for (let rest = rank + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length]!;
  return word;
}

function microsecondsEach<T>(items: readonly T[], work: (item: T) => unknown): number {
  for (const item of items.slice(0, 500)) work(item);
  const began = process.cpuUsage();
  for (const item of items) work(item);
  const { user, system } = process.cpuUsage(began);
  return (user + system) / items.length;
}

function usedMegabytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
