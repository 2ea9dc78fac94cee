// A list of words in one text: `troops, "soldiers", ~"armed force"`. Each is an expression; commas inside of quotation marks,
// parentheses and braces belong to it.

export interface ListedWord {
  readonly text: string;
  /** Where it begins in the list, UTF-16 units. */
  readonly start: number;
}

/** The words in order; empty parts are left out. Never throws: what is not closed goes up to the end. */
export function splitWordList(list: string): readonly ListedWord[] {
  const words: ListedWord[] = [];
  let depth = 0;
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at <= list.length; at++) {
    const sign = list[at];
    if (sign === '"') isQuoted = !isQuoted;
    if (!isQuoted && (sign === '(' || sign === '{')) depth++;
    if (!isQuoted && (sign === ')' || sign === '}')) depth--;
    if (sign !== undefined && (sign !== ',' || isQuoted || depth > 0)) continue;
    const part = list.slice(from, at);
    const text = part.trim();
    if (text !== '') words.push({ text, start: from + part.indexOf(text) });
    from = at + 1;
  }
  return words;
}
