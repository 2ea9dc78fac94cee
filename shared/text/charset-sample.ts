// The part of a document that shows its encoding: its words with bytes beyond ASCII, and the language it names.

export interface CharsetSample {
  /** Each word once, with a blank behind it. */
  readonly words: Uint8Array;
  /** Bytes beyond ASCII in them. */
  readonly highBytes: number;
  /** The language that the document says it is in. Two letters. */
  readonly stated: string | null;
}

/** Words beyond this are left out. In bytes. */
const SAMPLE_BYTES = 4_000;
/** ASCII bytes before the first other byte of a word, at most. */
const LONGEST_BEGINNING = 20;
/** The language is stated within this many bytes, or not at all. */
const STATED_WITHIN = 4_000;
const STATED =
  /<(?:\w{1,20}:)?language>\s*(?:<!\[CDATA\[\s*)?([a-z]{2})\b|\sxml:lang\s*=\s*["']([a-z]{2})\b|<html\s[^>]{0,200}?\blang\s*=\s*["']?([a-z]{2})\b/i;

/** Linear in the length. A word that comes again says nothing new: one agency's name in a hundred titles is four letters. */
export function sampleOf(body: Uint8Array): CharsetSample {
  const words = new Uint8Array(SAMPLE_BYTES);
  const seen = new Set<string>();
  let length = 0;
  let highBytes = 0;
  for (let at = 0; at < body.length && length < SAMPLE_BYTES; at += 1) {
    if ((body[at] as number) < 0x80) continue;
    let start = at;
    while (start > 0 && at - start < LONGEST_BEGINNING && isPartOfWord(body[start - 1])) start -= 1;
    while (isPartOfWord(body[at])) at += 1;
    const word = body.subarray(start, Math.min(at, start + SAMPLE_BYTES - length));
    const key = String.fromCharCode(...word);
    if (seen.has(key)) continue;
    seen.add(key);
    words.set(word, length);
    for (const byte of word) if (byte >= 0x80) highBytes += 1;
    length += word.length;
    if (length < SAMPLE_BYTES) words[length] = 0x20;
    length += 1;
  }
  return { words: words.subarray(0, Math.min(length, SAMPLE_BYTES)), highBytes, stated: statedLanguage(body) };
}

/** Letters and digits; bytes from @ to ~ may be second halves of characters. */
const isPartOfWord = (byte: number | undefined): boolean =>
  byte !== undefined && (byte >= 0x40 ? byte !== 0x7f : byte >= 0x30 && byte <= 0x39);

/** It is in ASCII, in every encoding. */
function statedLanguage(body: Uint8Array): string | null {
  const found = STATED.exec(new TextDecoder('latin1').decode(body.subarray(0, STATED_WITHIN)));
  return (found?.[1] ?? found?.[2] ?? found?.[3])?.toLowerCase() ?? null;
}
