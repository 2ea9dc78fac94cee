// Where comments end in documents whose publishers forgot to close some of them.

/** A comment may hold comments, which XML forbids and people do, so deep. */
const DEEPEST = 3;
const MARKS = /<!--|-->/g;
const FRAME_TAGS = /<(\/?)(?:[\w.-]{1,30}:)?(?:item|entry|channel|feed|rss|rdf)(?=[\s>/])[^<>]{0,10000}>/gi;

/** Made for one document. Asked from ever further places, and linear in all. */
export class Comments {
  #source: string;
  /** Behind the end of each comment by its beginning; made when the first comment is met that holds another. */
  #ends: ReadonlyMap<number, number> | null = null;
  /** Where each mark is known to come next, and from where on that holds. */
  #next = new Map<string, { readonly from: number; readonly at: number }>();

  constructor(source: string) {
    this.#source = source;
  }

  /** Behind the `-->` of the comment that begins at `at`; null when it was never closed, and what follows is no part of it. */
  endOf(at: number): number | null {
    const close = this.next('-->', at + 4);
    if (close < 0) return null;
    const inner = this.next('<!--', at + 4);
    const end = inner < 0 || inner > close ? close + 3 : this.#nestedEnd(at);
    return end === null || cutsFrame(this.#source.slice(at + 4, end - 3)) ? null : end;
  }

  /** As `indexOf`, for places that move forward. */
  next(mark: string, from: number): number {
    const known = this.#next.get(mark);
    if (known !== undefined && known.from <= from && (known.at < 0 || known.at >= from)) return known.at;
    const at = this.#source.indexOf(mark, from);
    this.#next.set(mark, { from, at });
    return at;
  }

  #nestedEnd(at: number): number | null {
    this.#ends ??= endsOfComments(this.#source);
    return this.#ends.get(at) ?? null;
  }
}

/** As brackets are paired: of two that begin before one end, the first was not closed. */
function endsOfComments(source: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { readonly at: number; height: number }[] = [];
  for (const { 0: mark, index } of source.matchAll(MARKS)) {
    if (mark === '<!--') {
      open.push({ at: index, height: 1 });
      continue;
    }
    const closed = open.pop();
    if (closed === undefined) continue;
    if (closed.height <= DEEPEST) ends.set(closed.at, index + 3);
    const outer = open.at(-1);
    if (outer !== undefined) outer.height = Math.max(outer.height, closed.height + 1);
  }
  return ends;
}

/** An item begins in the text and ends behind it, or the other way round: whoever hides items hides them whole. */
export function cutsFrame(text: string): boolean {
  let depth = 0;
  for (const { 0: tag, 1: slash } of text.matchAll(FRAME_TAGS)) {
    if (tag.endsWith('/>')) continue;
    depth += slash === '/' ? -1 : 1;
    if (depth < 0) return true;
  }
  return depth !== 0;
}
