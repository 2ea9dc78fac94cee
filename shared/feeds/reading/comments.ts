// Where comments end in documents in which some were not closed.

/** How deep comments may be nested, which XML forbids but people do. */
const DEEPEST = 3;
const MARKS = /<!--|-->/g;
const FRAME_TAGS = /<(\/?)(?:[\w.-]{1,30}:)?(?:item|entry|channel|feed|rss|rdf)(?=[\s>/])[^<>]{0,10000}>/gi;

/** For one document. Positions asked for must increase; then the total cost is linear. */
export class Comments {
  #source: string;
  /** The end of each comment by its start; built when the first comment that contains another is found. */
  #ends: ReadonlyMap<number, number> | null = null;
  /** The next known position of each mark, and the position from which this is valid. */
  #next = new Map<string, { readonly from: number; readonly at: number }>();

  constructor(source: string) {
    this.#source = source;
  }

  /** The position after the `-->` of the comment that begins at `at`; null when it was never closed, so that what follows does not belong to it. */
  endOf(at: number): number | null {
    const close = this.next('-->', at + 4);
    if (close < 0) return null;
    const inner = this.next('<!--', at + 4);
    const end = inner < 0 || inner > close ? close + 3 : this.#nestedEnd(at);
    return end === null || cutsFrame(this.#source.slice(at + 4, end - 3)) ? null : end;
  }

  /** Like `indexOf`, for positions that only increase. */
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

/** Pairs comments like brackets: of two that begin before one end, the first was not closed. */
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

/** Whether an item begins in the text and ends after it, or the other way round: items are commented out whole or not at all. */
function cutsFrame(text: string): boolean {
  let depth = 0;
  for (const { 0: tag, 1: slash } of text.matchAll(FRAME_TAGS)) {
    if (tag.endsWith('/>')) continue;
    depth += slash === '/' ? -1 : 1;
    if (depth < 0) return true;
  }
  return depth !== 0;
}
