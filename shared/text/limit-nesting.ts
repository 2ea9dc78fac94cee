// Depth of a page's markup, counted before anything is built from it: the DOM, and every walk over it, cost more than their
// share where elements nest by the ten thousand.
import { Parser } from 'htmlparser2';

/** Real pages nest less than a hundred deep. */
export const MAX_NESTING = 400;

class TooDeep extends Error {}

/**
 * The page up to the first element that nests deeper than `maxNesting`; the whole page where none does.
 * Linear: the parser's stack never grows beyond the limit, which is what makes it slow on hostile pages.
 */
export function cutAtNesting(html: string, maxNesting: number = MAX_NESTING): string {
  let depth = 0;
  const counter = {
    onopentagname: () => {
      depth += 1;
      if (depth > maxNesting) throw new TooDeep();
    },
    onclosetag: () => {
      depth -= 1;
    },
  };
  const parser = new Parser(counter, { decodeEntities: false });
  try {
    parser.end(html);
    return html;
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return html.slice(0, parser.startIndex);
  }
}
