// Whether the end of a line ends a sentence: yes after a headline and between the entries of a list, no in text that
// was wrapped to a width, as in mails and plain-text files.
import { endOf, matchesAt } from './match-at.ts';
import { isHangul, isHanOrKana } from './scripts.ts';

/** Text is wrapped at this width or below; where lines are longer, each is a paragraph. In Latin letters. */
const WIDEST_WRAPPED = 100;
/** A narrower block is not taken for wrapped text: its lines are headlines or entries. */
const NARROWEST_WRAPPED = 40;

/** A bullet, a dash with a space, or a number or letter with a full stop or bracket. */
const LIST_MARKER = /(?:[•‣▪▫●○■□◆◇▶►※☞*]|[-–—·] |\(?(?:\d{1,3}|[a-zA-Z])[.)] )/y;
const LOWER_CASE = /[\p{Ll},;:)\]]/uy;
const WORD = /\S{1,40}/y;
/** What a line ends in whose sentence goes on. */
const UNFINISHED = new Set(',،，、;(（');
const BLANK_LINE = /\n[^\S\n]*\n/g;

/** Judges the line ends of one text in ascending order, so that each line is measured once. */
export class LineEnds {
  readonly #text: string;
  /** The lines up to here, between two blank lines, are measured. */
  #blockEnd = -1;
  #widest = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /**
   * Whether the single line end at `at` ends a sentence; `next` is the first character of the next line that is no
   * space. It does when the next line begins with a list marker; or when it does not begin in lower case and its first
   * word would have fitted in the line before, so that the line was not broken to wrap the text.
   */
  endsSentence(at: number, next: number): boolean {
    if (matchesAt(LIST_MARKER, this.#text, next)) return true;
    if (matchesAt(LOWER_CASE, this.#text, next)) return false;
    if (at >= this.#blockEnd) this.#measureBlock(at);
    const lineStart = at === 0 ? 0 : this.#text.lastIndexOf('\n', at - 1) + 1;
    const lineEnd = trimmedEnd(this.#text, lineStart, at);
    if (UNFINISHED.has(this.#text[lineEnd - 1] ?? '')) return false;
    if (this.#widest > WIDEST_WRAPPED) return true;
    const width = widthOf(this.#text, lineStart, lineEnd) + this.#firstWordWidth(next);
    return width <= Math.max(this.#widest, NARROWEST_WRAPPED);
  }

  /** With the space before it. Han and kana may be wrapped anywhere. */
  #firstWordWidth(at: number): number {
    if (isHanOrKana(this.#text.charCodeAt(at))) return 2;
    return 1 + widthOf(this.#text, at, endOf(WORD, this.#text, at));
  }

  #measureBlock(at: number): void {
    const text = this.#text;
    BLANK_LINE.lastIndex = at;
    this.#blockEnd = BLANK_LINE.exec(text)?.index ?? text.length;
    this.#widest = 0;
    for (let start = text.lastIndexOf('\n', at - 1) + 1; start < this.#blockEnd; ) {
      const newline = text.indexOf('\n', start);
      const end = newline === -1 ? text.length : newline;
      const last = trimmedEnd(text, start, Math.min(end, start + WIDEST_WRAPPED + 1));
      this.#widest = Math.max(this.#widest, widthOf(text, start, last));
      start = end + 1;
    }
  }
}

/** In columns: East Asian characters are twice as wide as others. */
function widthOf(text: string, start: number, end: number): number {
  let width = end - start;
  for (let i = start; i < end; i++) if (isWide(text.charCodeAt(i))) width++;
  return width;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /\s/.test(text[last - 1]!)) last--;
  return last;
}

const isWide = (codePoint: number): boolean => isHanOrKana(codePoint) || isHangul(codePoint);
