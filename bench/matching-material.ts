// Documents and topics to measure the matcher with, made from a seed: English function words, and content words of an
// invented language whose forms end as English ones do, so that every stemmer agrees on them.
import type { MatchableDocument } from '../shared/model/article.ts';
import type { Topic } from '../shared/model/topic.ts';
import { stemWord } from '../shared/text/stemming.ts';

const WORDS_PER_DOCUMENT = 500;
const LEMMAS = 20_000;
const SUBJECTS = 60;
const LEMMAS_PER_SUBJECT = 300;
const FUNCTION_WORDS =
  'the of to and a in that for it is was on he as with his by be at this had not are but from or have an they which one you were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over man me even most made after also did many before must through back years where much your way well down should because each just those people how too'.split(
    ' ',
  );
const CONSONANTS = 'bdfgklmnprtv';
const VOWELS = 'aeiou';
const ENDS = 'bdgklmnprt';
const FORMS = ['', '', '', 's', 's', 'ed', 'ing'];
const ALL_FORMS = ['', 's', 'ed', 'ing'];

export type Random = () => number;

/** Numbers in [0, 1) that a seed decides (xorshift). */
export function seeded(seed: number): Random {
  let state = (seed * 2_654_435_761 + 88_675_123) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
}

const below = (random: Random, limit: number): number => Math.floor(random() * limit);
const pick = <Value>(random: Random, values: ArrayLike<Value>): Value => values[below(random, values.length)]!;
/** Ranks as words have them: the k-th as often as 1 / (first + k). The larger `first`, the more even. */
const zipf = (random: Random, limit: number, first: number): number =>
  Math.min(limit - 1, Math.floor(first * ((first + limit) / first) ** random()) - first);
/** Function words are gone from the head of the list, so no content word is in every text. */
const CONTENT_FIRST = 150;
const SUBJECT_FIRST = 20;

interface Vocabulary {
  readonly lemmas: readonly string[];
  readonly subjects: readonly (readonly string[])[];
}

function makeVocabulary(random: Random): Vocabulary {
  const lemmas = new Set<string>();
  while (lemmas.size < LEMMAS) {
    const middle = random() < 0.5 ? pick(random, 'lnr') : '';
    const lemma = `${pick(random, CONSONANTS)}${pick(random, VOWELS)}${middle}${pick(random, CONSONANTS)}${pick(random, VOWELS)}${pick(random, ENDS)}`;
    const stems = new Set(ALL_FORMS.map((form) => stemWord(lemma + form, 'en')));
    const [stem] = stems;
    // No double letters and no ending that some stemmer takes for one of its own.
    if (stems.size > 1 || stem !== lemma || /(.)\1|at$|bl$|iz$|ing|ed$|men$|ful$/.test(lemma)) continue;
    lemmas.add(lemma);
  }
  const all = [...lemmas];
  const subjects = Array.from({ length: SUBJECTS }, () =>
    Array.from({ length: LEMMAS_PER_SUBJECT }, () => all[zipf(random, LEMMAS, CONTENT_FIRST)]!),
  );
  return { lemmas: all, subjects };
}

export interface MadeDocument {
  readonly document: MatchableDocument;
  /** Paragraphs of the text, the title not among them. */
  readonly paragraphs: readonly string[];
  /** Lemmas of each sentence; null for function words. */
  readonly sentences: readonly (readonly (string | null)[])[];
  readonly subject: readonly string[];
}

function makeDocument(random: Random, { lemmas, subjects }: Vocabulary): MadeDocument {
  const subject = pick(random, subjects);
  const sentences: (string | null)[][] = [];
  const makeSentence = (length: number): string => {
    const meant: (string | null)[] = [];
    const written = Array.from({ length }, () => {
      const kind = random();
      const lemma =
        kind < 0.45
          ? null
          : kind < 0.7
            ? subject[zipf(random, subject.length, SUBJECT_FIRST)]!
            : lemmas[zipf(random, LEMMAS, CONTENT_FIRST)]!;
      meant.push(lemma);
      return lemma === null ? FUNCTION_WORDS[zipf(random, FUNCTION_WORDS.length, 3)]! : lemma + pick(random, FORMS);
    });
    sentences.push(meant);
    const text = written
      .map((word) => (random() < 0.06 ? `${word},` : word))
      .join(' ')
      .replace(/,$/, '');
    return text[0]!.toUpperCase() + text.slice(1);
  };
  const title = makeSentence(6 + below(random, 6));
  const paragraphs: string[] = [];
  for (let words = 0; words < WORDS_PER_DOCUMENT; ) {
    const paragraph: string[] = [];
    for (let sentence = 0; sentence < 3 + (words % 3) && words < WORDS_PER_DOCUMENT; sentence++) {
      const length = Math.min(8 + below(random, 22), WORDS_PER_DOCUMENT - words);
      paragraph.push(`${makeSentence(length)}.`);
      words += length;
    }
    paragraphs.push(paragraph.join(' '));
  }
  return { document: { title, text: paragraphs.join('\n\n'), language: 'en' }, paragraphs, sentences, subject };
}

/** What every engine of the comparison can say. Groups of one query share no word. */
export type Query =
  | { readonly kind: 'any'; readonly lemmas: readonly string[] }
  | { readonly kind: 'prefix'; readonly letters: string }
  | { readonly kind: 'adjacent'; readonly lemmas: readonly string[] }
  | { readonly kind: 'near'; readonly gap: number; readonly left: Query; readonly right: Query }
  | { readonly kind: 'and'; readonly left: Query; readonly right: Query }
  | { readonly kind: 'and-not'; readonly left: Query; readonly right: Query };

/** Shapes and shares of matching.md's study of real topics: most are two groups of words near each other. */
function makeQuery(random: Random, documents: readonly MadeDocument[], lemmas: readonly string[]): Query {
  for (;;) {
    const { sentences, subject } = pick(random, documents);
    const found = pick(random, sentences);
    const at = below(random, found.length);
    const window = found.slice(at, at + 9).filter((lemma) => lemma !== null);
    const used = new Set(window);
    if (used.size < 3 || used.size < window.length) continue;
    const [first, second] = window as [string, string];
    const group = (core: string, size: number): Query => {
      const members = [core];
      while (members.length < size) {
        const lemma = random() < 0.5 ? subject[below(random, subject.length)]! : lemmas[below(random, LEMMAS)]!;
        if (!used.has(lemma)) members.push(lemma);
        used.add(lemma);
      }
      return { kind: 'any', lemmas: members };
    };
    const some = () => 3 + below(random, 3);
    const kind = random();
    if (kind < 0.45) return { kind: 'near', gap: 8, left: group(first, some()), right: group(second, some()) };
    if (kind < 0.6) {
      const next = found.findIndex(
        (lemma, index) => lemma !== null && found[index + 1] !== undefined && found[index + 1] !== null,
      );
      if (next === -1 || found[next] === found[next + 1]) continue;
      const pair = [found[next]!, found[next + 1]!];
      for (const lemma of pair) used.add(lemma);
      return {
        kind: 'and',
        left: { kind: 'adjacent', lemmas: pair },
        right: group(window.find((each) => !pair.includes(each)) ?? pick(random, lemmas), some()),
      };
    }
    if (kind < 0.75) {
      const left: Query = { kind: 'near', gap: 5, left: group(first, some()), right: group(second, some()) };
      return { kind: 'and-not', left, right: group(pick(random, lemmas), 3) };
    }
    const letters = first.slice(0, 4);
    if (kind < 0.87) {
      const right = group(second, some());
      if (right.kind === 'any' && right.lemmas.some((lemma) => lemma.startsWith(letters))) continue;
      return { kind: 'near', gap: 10, left: { kind: 'prefix', letters }, right };
    }
    const left: Query = { kind: 'near', gap: 12, left: group(first, some()), right: group(second, some()) };
    return { kind: 'and', left, right: group(window[2]!, some()) };
  }
}

export interface Material {
  readonly documents: readonly MadeDocument[];
  readonly queries: readonly Query[];
}

export function makeMaterial(documentCount: number, queryCount: number, seed = 1): Material {
  const random = seeded(seed);
  const vocabulary = makeVocabulary(random);
  const documents = Array.from({ length: documentCount }, () => makeDocument(random, vocabulary));
  // Topics come from other texts than those they are run on, as they do in life.
  const models = Array.from({ length: 500 }, () => makeDocument(random, vocabulary));
  const queries = Array.from({ length: queryCount }, () => makeQuery(random, models, vocabulary.lemmas));
  return { documents, queries };
}

/** The query in Tocsin's own language. */
export function toExpression(query: Query): string {
  switch (query.kind) {
    case 'any':
      return `(${query.lemmas.join(' OR ')})`;
    case 'prefix':
      return `${query.letters}*`;
    case 'adjacent':
      return `(${query.lemmas.join(' ONEAR/0 ')})`;
    case 'near':
      return `(${toExpression(query.left)} NEAR/${query.gap} ${toExpression(query.right)})`;
    case 'and':
      return `(${toExpression(query.left)} AND ${toExpression(query.right)})`;
    case 'and-not':
      return `(${toExpression(query.left)} AND NOT ${toExpression(query.right)})`;
  }
}

export function toTopic(query: Query, index: number): Topic {
  return {
    id: `topic-${index}`,
    version: '1.0.0+0000000',
    pack: 'bench',
    title: `Topic ${index}`,
    description: '',
    severity: 'low',
    codes: {},
    any: { en: [toExpression(query)] },
    all: {},
    none: {},
    sets: {},
    passage: { context: 0, max: 3, maxChars: 420 },
  };
}
