// The signs of XML and of names in it, by character code: what scanning a document asks of each character.

export const SLASH = 47;
export const LESS_THAN = 60;
export const GREATER_THAN = 62;
export const QUESTION_MARK = 63;
const EQUALS = 61;
export const QUOTE = 34;
export const APOSTROPHE = 39;
export const EXCLAMATION = 33;

/** Lower case, without the prefix. */
export const localOf = (rawName: string): string => rawName.slice(rawName.indexOf(':') + 1).toLowerCase();

/** That ends a name where none should. */
export const isSign = (code: number): boolean => code === EQUALS || code === QUOTE || code === APOSTROPHE;

/** Behind white space. */
export function skipSpace(source: string, from: number): number {
  let at = from;
  for (let code = source.charCodeAt(at); code === 32 || (code >= 9 && code <= 13); code = source.charCodeAt(at))
    at += 1;
  return at;
}

/** An unclosed one ends before the next tag. */
export function withoutComments(text: string): string {
  let rest = '';
  let from = 0;
  for (let at = text.indexOf('<!--'); at >= 0; at = text.indexOf('<!--', from)) {
    const end = text.indexOf('-->', at + 4);
    rest += text.slice(from, at);
    if (end < 0) return rest + text.slice(at).replace(/<!--[^<]*/g, '');
    from = end + 3;
  }
  return rest + text.slice(from);
}

/** The place itself where no name begins. */
export function endOfName(source: string, start: number): number {
  const first = source.charCodeAt(start);
  const begins =
    (first >= 97 && first <= 122) || (first >= 65 && first <= 90) || first === 95 || (first >= 0xc0 && first <= 0xfffd);
  if (!begins) return start;
  let at = start + 1;
  while (at < source.length && !isEndOfName(source.charCodeAt(at))) at += 1;
  return at;
}

/** White space, a sign that no name holds, or the end of the document. */
const isEndOfName = (code: number): boolean =>
  code === GREATER_THAN ||
  code === SLASH ||
  code === LESS_THAN ||
  code === EQUALS ||
  code === QUOTE ||
  code === APOSTROPHE ||
  code <= 32 ||
  Number.isNaN(code);

/** Behind the `>` of a tag that holds no quotes; at the next `<`, where the tag was not closed; -1 when neither comes. */
export function endOfBareTag(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if (code === LESS_THAN) return at;
    if (code === GREATER_THAN) return at + 1;
  }
  return -1;
}
