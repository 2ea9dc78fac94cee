// Words of scripts without spaces (Thai, Lao, Khmer, Burmese), as the run time's own segmenter cuts them. Its dictionaries
// come with the run time and may be missing or know few words, so what they can do is tried out before it is relied on.
import { foldWord } from './fold.ts';
import { isUnspaced } from './scripts.ts';

interface UnspacedScript {
  readonly name: string;
  readonly language: string;
  /** Code units of the main block. */
  readonly first: number;
  readonly last: number;
  /** Plain words that make a sentence: where the segmenter works, it finds each of them. */
  readonly words: readonly string[];
}

const SCRIPTS: readonly UnspacedScript[] = [
  {
    name: 'Thai',
    language: 'th',
    first: 0xe00,
    last: 0xe7f,
    words: ['รัฐบาล', 'ส่ง', 'ทหาร', 'ไป', 'ชายแดน'],
  },
  {
    name: 'Lao',
    language: 'lo',
    first: 0xe80,
    last: 0xeff,
    words: ['ລັດຖະບານ', 'ສົ່ງ', 'ທະຫານ', 'ໄປ', 'ຊາຍແດນ'],
  },
  {
    name: 'Burmese',
    language: 'my',
    first: 0x1000,
    last: 0x109f,
    words: ['အစိုးရ', 'သည်', 'စစ်သား', 'များ', 'ကို', 'နယ်စပ်', 'သို့'],
  },
  {
    name: 'Khmer',
    language: 'km',
    first: 0x1780,
    last: 0x17ff,
    words: ['កងទ័ព', 'កម្ពុជា', 'ទៅ', 'ព្រំដែន'],
  },
];

/** Longer runs are cut into pieces first, so that no text of one endless word costs more than its length. In UTF-16 units. */
const LONGEST_PIECE = 1_000;

const segmenters = new Map<UnspacedScript, Intl.Segmenter | null>();

/** The run time's segmenter for the script, if it cuts a sentence of well-known words into just these; tried once. */
function segmenterOf(script: UnspacedScript): Intl.Segmenter | null {
  const known = segmenters.get(script);
  if (known !== undefined) return known;
  const segmenter = new Intl.Segmenter(script.language, { granularity: 'word' });
  const works = piecesOf(segmenter, script.words.join('')).join('|') === script.words.join('|');
  const usable = works ? segmenter : null;
  segmenters.set(script, usable);
  return usable;
}

const piecesOf = (segmenter: Intl.Segmenter, text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

const scriptAt = (text: string): UnspacedScript =>
  SCRIPTS.find(({ first, last }) => text.charCodeAt(0) >= first && text.charCodeAt(0) <= last) ?? SCRIPTS[2]!;

/**
 * Where the words of a run of such letters end, in order, the last at its end; at most the first `most` of them. A run
 * of a script that the run time cannot cut is one word.
 */
export function endsOfWords(run: string, most: number): readonly number[] {
  const segmenter = segmenterOf(scriptAt(run));
  if (segmenter === null) return [run.length];
  const ends: number[] = [];
  for (let from = 0; from < run.length && ends.length < most; from += LONGEST_PIECE) {
    const piece = run.slice(from, from + LONGEST_PIECE);
    for (const { index, segment } of segmenter.segment(piece)) {
      if (ends.length === most) break;
      ends.push(from + index + segment.length);
    }
  }
  return ends;
}

/** Name of the script of the word if it is one that the run time cannot cut into words; else null. */
export function scriptWithoutSegmenter(word: string): string | null {
  const at = [...word].findIndex((character) => isUnspaced(character.codePointAt(0)!));
  if (at === -1) return null;
  const script = scriptAt([...word].slice(at).join(''));
  return segmenterOf(script) === null ? script.name : null;
}

/** Answers of `isKnownWord`: parts of words recur. Emptied when full. */
const knownWords = new Map<string, boolean>();
const MOST_KNOWN = 20_000;

/**
 * Whether the dictionary has the word: written twice or three times it is cut into as many, while letters that it does
 * not know run together. (Twice may be a separate word.)
 */
function isKnownWord(word: string): boolean {
  const known = knownWords.get(word);
  if (known !== undefined) return known;
  const segmenter = segmenterOf(scriptAt(word));
  const answer =
    segmenter !== null &&
    [2, 3].some((times) => piecesOf(segmenter, word.repeat(times)).every((piece) => piece === word));
  if (knownWords.size === MOST_KNOWN) knownWords.clear();
  knownWords.set(word, answer);
  return answer;
}

export interface UnspacedWord {
  readonly word: string;
  /** With a star there: whatever stands on that side. */
  readonly isOpenBefore: boolean;
  readonly isOpenBehind: boolean;
}

/** Between the segments of a stretch: a sign that no segment has. */
export const SEGMENT_BREAK = '\u200b';

/**
 * Whether the word stands in a stretch of segments, reaching from the first of them to the last. The segmenter takes
 * compounds for one word (soldier and Thai) and now and then cuts in the wrong place, so its cuts alone do not decide:
 * what is left over of the first and the last segment must be nothing or a known word. So no word is found inside
 * another one that only happens to have its letters. Without a segmenter, every place counts.
 */
export function hasUnspacedWord(stretch: string, { word, isOpenBefore, isOpenBehind }: UnspacedWord): boolean {
  const segments = stretch.split(SEGMENT_BREAK).map(foldWord);
  const text = segments.join('');
  const firstEnd = segments[0]!.length;
  const lastStart = text.length - segments.at(-1)!.length;
  for (let at = text.indexOf(word); at !== -1 && at < firstEnd; at = text.indexOf(word, at + 1)) {
    const before = text.slice(0, at);
    const behind = text.slice(at + word.length);
    if (at + word.length <= lastStart || BEGINS_WITH_MARK.test(behind) || ENDS_BEFORE_LETTER.test(before)) continue;
    if ((isOpenBefore || isNothingOrWord(before)) && (isOpenBehind || isNothingOrWord(behind))) return true;
  }
  return false;
}

const BEGINS_WITH_MARK = /^\p{M}/u;
/** Vowels that are written before their consonant, and the signs that stack the next one. */
const ENDS_BEFORE_LETTER = /[\u0e40-\u0e44\u0ec0-\u0ec4\u17d2\u1039]$/;

const isNothingOrWord = (text: string): boolean =>
  text === '' || segmenterOf(scriptAt(text)) === null || isKnownWord(text);
