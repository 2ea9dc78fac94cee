// JSON that its publisher broke: cut off, with a comma too many, with raw line breaks in strings, or wrapped in a call.

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const QUOTE = 34;
const BACKSLASH = 92;
const COMMA = 44;

/** Undefined when no object can be found. `repaired`: it was not valid JSON as it came. */
export function parseBrokenJson(text: string): { readonly value: unknown; readonly repaired: boolean } | undefined {
  const start = text.indexOf('{');
  if (start < 0) return undefined;
  const whole = tryParse(text.slice(start));
  if (whole !== undefined) return { value: whole, repaired: start > 0 && text.slice(0, start).trim() !== '' };
  const value = tryParse(repair(text, start));
  return value === undefined ? undefined : { value, repaired: true };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The object that begins at `start`, without what follows it. Where it is cut off, it ends behind the last value that is a whole
 * object, so that no item is half. One pass.
 */
function repair(text: string, start: number): string {
  const parts: string[] = [];
  const open: number[] = [];
  let from = start;
  let wholeUntil: { readonly parts: number; readonly end: number; readonly open: readonly number[] } | null = null;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      const end = endOfString(text, at);
      if (end < 0) break;
      const string = text.slice(at, end);
      const clean = string.replace(/\p{Cc}/gu, (sign) =>
        sign === '\n' || sign === '\t' ? JSON.stringify(sign).slice(1, -1) : '',
      );
      if (clean !== string) {
        parts.push(text.slice(from, at), clean);
        from = end;
      }
      at = end - 1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      open.push(code);
      if (open.length > 100) return '';
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      open.pop();
      if (open.length === 0) return parts.join('') + text.slice(from, at + 1);
      if (code === CLOSE_BRACE && open.length === 2) {
        parts.push(text.slice(from, at + 1));
        from = at + 1;
        wholeUntil = { parts: parts.length, end: from, open: [...open] };
      }
    } else if (code === COMMA && /^,\s{0,1000}[}\]]/.test(text.slice(at, at + 1002))) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  if (wholeUntil === null) return '';
  const closing = wholeUntil.open.toReversed().map((code) => (code === OPEN_BRACE ? '}' : ']'));
  return parts.slice(0, wholeUntil.parts).join('') + closing.join('');
}

/** Behind the closing quote; -1 when there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
  }
  return -1;
}
