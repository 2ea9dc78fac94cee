// Text elements of feeds to plain text. Whether a text is plain, escaped HTML or markup is stated by Atom and left open by RSS, and
// both are often wrong: what looks like markup is treated as markup, unless it could be meant as words.
import { Buffer } from 'node:buffer';
import { decodeReferences } from '../../text/character-references.ts';
import { htmlToText, textToParagraphs, tidyLine } from '../../text/html-to-text.ts';
import { attributeOf, type Element, textOf } from './element.ts';
import { MARKUP_ATTRIBUTE } from './tidy.ts';

/** Characters read of one text; what is longer is cut. */
const LONGEST_TEXT = 1_000_000;
export const LONGEST_LINE = 2_000;

const REFERENCE = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/i;
/** An element of HTML from its start to its end, or one that has no end tag. */
const ELEMENT =
  /<(?:br|hr|img|wbr)\b[^<>]{0,2000}>|<\/(?:p|div|span|a|b|i|u|em|strong|font|small|big|sup|sub|q|cite|code|h[1-6]|ul|ol|li|blockquote|table|tr|td|pre|center|abbr)\s{0,9}>|<p>/i;
const TAG = /<[a-z/!][^<>]{0,5000}>/i;
const BINARY = /^(?:image|audio|video|font|application)\//i;
const TEXTUAL = /(?:\+|\/)(?:xml|xhtml|json|html)\b/i;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const NO_TEXT = /[\u0000-\u0008\ufffd]/;
/** Shows markup to people. */
const CODE = /<(?:code|pre|kbd|samp|tt|xmp)[\s>]/i;

type Kind = 'html' | 'text' | 'unknown';

/** `unknown` is RSS, which never says, and Atom 0.3 and 1.0 where they are silent, or name a type that says nothing about text. */
function kindOf(element: Element, isAtom: boolean): Kind {
  if (typeof element === 'string') return isAtom ? 'text' : 'unknown';
  if (attributeOf(element, MARKUP_ATTRIBUTE) !== null) return 'html';
  const type = typeOf(element);
  if (type === 'html' || type === 'xhtml' || type === 'text/html' || type === 'application/xhtml+xml') return 'html';
  if (isOther(type)) return 'unknown';
  if (modeOf(element) === 'escaped') return type === 'text/plain' ? 'text' : 'html';
  if (type === 'text' || type.startsWith('text/plain') || isAtom) return 'text';
  return 'unknown';
}

const typeOf = (element: Element): string => (attributeOf(element, 'type') ?? '').trim().toLowerCase();
const modeOf = (element: Element): string => (attributeOf(element, 'mode') ?? '').trim().toLowerCase();
/** A type that is not text, judging by its name. */
const isOther = (type: string): boolean => BINARY.test(type) && !TEXTUAL.test(type);

/** Titles, names, categories: one line, whatever type they claim to be. Null when nothing is left. */
export function lineOf(element: Element | undefined, isAtom: boolean): string | null {
  if (element === undefined) return null;
  const text = textOf(element);
  return plainLine(decodedText(element) ?? text, kindOf(element, isAtom));
}

/** Descriptions and contents: paragraphs. Null when nothing is left. */
export function paragraphsOf(element: Element | undefined, isAtom: boolean): string | null {
  if (element === undefined) return null;
  const decoded = decodedText(element);
  const text = decoded ?? (isOther(typeOf(element)) && isBase64(textOf(element)) ? '' : textOf(element));
  return plainParagraphs(text, kindOf(element, isAtom));
}

/**
 * Atom may contain text in base64: 0.3 states it, in 1.0 every type that is neither text nor XML means it. Null when this does not apply,
 * or when the result is not text.
 */
function decodedText(element: Element): string | null {
  if (typeof element === 'string') return null;
  const isOf03 = modeOf(element) === 'base64';
  const text = textOf(element);
  if (!isOf03 && !(isOther(typeOf(element)) && isBase64(text))) return null;
  const decoded = new TextDecoder().decode(Buffer.from(text, 'base64'));
  return !isOf03 && NO_TEXT.test(decoded) ? null : decoded;
}

/** Not human text: letters, digits and symbols without spaces, in groups of four. White space only breaks lines. */
function isBase64(text: string): boolean {
  const letters = text.trim().replace(/\s*\n\s*/g, '');
  return letters.length > 0 && letters.length % 4 === 0 && /^[\w+/-]+={0,2}$/.test(letters);
}

export function plainLine(written: string, kind: Kind): string | null {
  // Markup takes room, and goes.
  const text = cut(written, LONGEST_LINE * 10);
  let line = text;
  if (!text.includes('<') && !text.includes('&')) return cut(tidyLine(text), LONGEST_LINE) || null;
  if (kind === 'html' || isMarkup(text, kind)) line = htmlToText(text, { keepUnknownTags: kind !== 'html' });
  // Escaped once or twice too often: references and tags are not meant to be read.
  for (let round = 0; round < 2 && (REFERENCE.test(line) || ELEMENT.test(line)); round += 1) {
    line = htmlToText(line, { keepUnknownTags: true });
  }
  line = tidyLine(line);
  return line === '' ? null : cut(line, LONGEST_LINE);
}

export function plainParagraphs(text: string, kind: Kind): string | null {
  const read = cut(text, LONGEST_TEXT);
  let plain: string;
  if (kind === 'html' || (kind === 'unknown' && TAG.test(read)) || isMarkup(read, kind)) {
    plain = TAG.test(read) ? htmlToText(read) : textToParagraphs(decodeReferences(read));
    if (plain.includes('<') && ELEMENT.test(plain) && !CODE.test(read))
      plain = htmlToText(plain, { keepUnknownTags: true });
  } else plain = textToParagraphs(read);
  if (plain.includes('&') && REFERENCE.test(plain)) plain = textToParagraphs(decodeReferences(plain));
  return plain === '' ? null : plain;
}

const isMarkup = (text: string, kind: Kind): boolean =>
  ELEMENT.test(text) || (kind === 'unknown' && (REFERENCE.test(text) || TAG.test(text)));

/** Between characters. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const isSplit = /[\ud800-\udbff]/.test(text.charAt(longest - 1));
  return text.slice(0, isSplit ? longest - 1 : longest);
}
