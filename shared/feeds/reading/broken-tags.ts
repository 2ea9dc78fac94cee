// What can be read of a start tag that lacks its end or a quote.

const NAME = /\s*([\p{L}_][\w:.-]{0,100})\s{0,9}=\s{0,9}/uy;
/** A value that ends with the name of the next attribute lacks its own closing quote. */
const NEXT_NAME = /\s[\p{L}_][\w:.-]{0,100}\s{0,9}=\s{0,9}$/u;
const ANY_NEXT_NAME = /\s[\p{L}_][\w:.-]{0,100}\s{0,9}=/u;
const SPACE = /\s/g;
const BARE_VALUE = /[^\s"'<>]*/y;
/** Characters after the name that are read. */
const LONGEST = 10_000;
const MOST_ATTRIBUTES = 100;

/**
 * What follows the name, with quotes where they belong; ends with `/>` or `>`. The slash of an element that cannot be empty
 * belongs to an address whose quote is missing.
 */
export function repairedAttributes(written: string, { mayBeEmpty }: { readonly mayBeEmpty: boolean }): string {
  const inside = without(written.slice(0, LONGEST), '>');
  const text = mayBeEmpty ? without(inside, '/') : inside;
  let repaired = '';
  let at = 0;
  for (let left = MOST_ATTRIBUTES; at < text.length && left > 0; left -= 1) {
    NAME.lastIndex = at;
    const name = NAME.exec(text);
    if (name === null) {
      SPACE.lastIndex = at + 1;
      if (!SPACE.test(text)) break;
      at = SPACE.lastIndex - 1;
      continue;
    }
    const value = valueAt(text, NAME.lastIndex);
    repaired += ` ${name[1]}="${value.text.replaceAll('"', '&quot;')}"`;
    at = value.end;
  }
  return `${repaired}${text !== inside ? '/>' : '>'}`;
}

/** Without that sign at the end, and white space around it. */
function without(text: string, sign: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith(sign) ? trimmed.slice(0, -1).trimEnd() : trimmed;
}

function valueAt(text: string, at: number): { readonly text: string; readonly end: number } {
  const mark = text.charAt(at);
  if (mark !== '"' && mark !== "'") {
    BARE_VALUE.lastIndex = at;
    const value = BARE_VALUE.exec(text)?.[0] ?? '';
    const behind = at + value.length;
    // The quote at its end, where only the one at its beginning is missing.
    return { text: value, end: /["']/.test(text.charAt(behind)) ? behind + 1 : behind };
  }
  const close = text.indexOf(mark, at + 1);
  const value = text.slice(at + 1, close < 0 ? text.length : close);
  const next = (close < 0 ? ANY_NEXT_NAME : NEXT_NAME).exec(value);
  if (next !== null) return { text: value.slice(0, next.index).trimEnd(), end: at + 1 + next.index };
  return { text: value, end: close < 0 ? text.length : close + 1 };
}
