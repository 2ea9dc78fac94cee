// The texts of a document, other than its title, as one text: matched in one pass, yet nothing reaches from one into the next.
import type { ExtraText, MatchableDocument, TextOrigin } from '../../model/article.ts';

/**
 * Stands between two texts. A blank line ends words, phrases, sentences and paragraphs; the sign in it, which is not white space,
 * keeps a number from going on behind it.
 */
const BETWEEN = '\n\n\u001e\n\n';

/** One of the texts: [from, to) of the row. */
export interface TextInRow {
  readonly from: number;
  readonly to: number;
  readonly origin: TextOrigin;
  /** To be added to an offset in the row, to have it in the text of that origin. */
  readonly shift: number;
  /** The document's `text`, as opposed to one of `more`. */
  readonly isMain: boolean;
  /** All of it belongs to the lead. */
  readonly isLead: boolean;
}

export interface TextsInARow {
  readonly row: string;
  readonly texts: readonly TextInRow[];
}

/** A summary comes before the main text, so that the lead is one stretch; the other texts follow. */
export function textsInARow({ text, origin = 'article', more = [] }: MatchableDocument): TextsInARow {
  const main = { from: 0, to: text.length, origin, shift: 0, isMain: true, isLead: false };
  if (more.length === 0) return { row: text, texts: [main] };
  const ofLead = more.filter(({ isLead }) => isLead);
  const others = more.filter(({ isLead }) => !isLead);
  const texts: TextInRow[] = [];
  let row = '';
  const add = (next: ExtraText, isMain: boolean): void => {
    if (texts.length > 0) row += BETWEEN;
    const from = row.length;
    row += next.text;
    texts.push({
      from,
      to: row.length,
      origin: next.origin,
      shift: next.start - from,
      isMain,
      isLead: next.isLead,
    });
  };
  for (const each of ofLead) add(each, false);
  add({ text, origin, start: 0, isLead: false }, true);
  for (const each of others) add(each, false);
  return { row, texts };
}
