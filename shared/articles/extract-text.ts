// The article on a web page as plain text: Mozilla Readability over a linkedom document, then paragraphs.
// Heavy to load and unbounded in time: product code runs it in a worker, see adapters/articles/extractor.ts.
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { Extraction } from '../ports.ts';
import { believableCanonical } from './canonical-claim.ts';
import { completeDocument } from './complete-document.ts';
import { cutAtNesting } from './limit-nesting.ts';
import { paragraphsOf, tidyText } from './paragraphs.ts';

/** Shorter "articles" are cookie notices, captions and error pages. */
const MIN_TEXT_CHARS = 80;
/** Readability doubts its own result below this, and takes in menus and notices rather than little text; its 500 are too many for a news item. */
const CHAR_THRESHOLD = 200;
/** What Readability found is doubted below this, and the page's own structured copy of the article is preferred where it is longer. */
const DOUBTFUL_CHARS = 500;
/** Some forty pages of print; matching goes no further. */
const MAX_TEXT_CHARS = 200_000;
const MAX_JSON_SCRIPTS = 10;
const MAX_JSON_CHARS = 1_000_000;

/** Does not fetch, run or expand anything. Throws only on faults of the libraries; a page without an article is a value. */
export function extractText(html: string, url: string): Extraction {
  const { document } = parseHTML(cutAtNesting(html));
  completeDocument(document);
  // Read first: Readability takes the document apart.
  const canonicalUrl = believableCanonical(canonicalClaim(document), url);
  const structured = articleBodies(document);
  const article = new TextReader(document, { serializer: (node) => node, charThreshold: CHAR_THRESHOLD }).parse();
  const found = article?.content ? paragraphsOf(article.content) : [];
  const text = cut(betterOf(found, structured));
  if (text.length < MIN_TEXT_CHARS) {
    return {
      ok: false,
      reason:
        text === '' ? 'no article was found on the page' : `the page holds only ${text.length} characters of text`,
    };
  }
  return {
    ok: true,
    text,
    title: tidyText(article?.title ?? '') || null,
    canonicalUrl,
    language: languageOf(article?.lang),
  };
}

/** Without Readability's last step: it makes links absolute and takes classes off, which text has not. A twentieth of all its time. */
class TextReader extends Readability<Node> {
  _postProcessContent(): void {}
}

/** In the head only: anywhere else it may be somebody's comment. */
function canonicalClaim({ head }: Document): string | null {
  const links = [...(head?.getElementsByTagName('link') ?? [])];
  const canonical = links.find((link) => /(^|\s)canonical(\s|$)/i.test(attributeOf(link, 'rel')));
  return canonical === undefined ? null : attributeOf(canonical, 'href');
}

/** linkedom keeps the case of attribute names, HTML does not mind it. */
const attributeOf = (element: Element, name: string): string =>
  [...element.attributes].find((attribute) => attribute.name.toLowerCase() === name)?.value ?? '';

/** Texts that publishers put into JSON-LD (schema.org `articleBody`) for search engines; pages drawn by scripts often hold nothing else. */
function articleBodies(document: Document): readonly string[] {
  const scripts = [...document.getElementsByTagName('script')];
  const structured = scripts.filter((script) => /^application\/ld\+json/i.test(attributeOf(script, 'type')));
  return structured.slice(0, MAX_JSON_SCRIPTS).flatMap((script) => {
    const json = script.textContent ?? '';
    return json.length > MAX_JSON_CHARS ? [] : bodiesIn(parseJson(json));
  });
}

function bodiesIn(value: unknown): readonly string[] {
  const nodes = [value].flat().flatMap((node) => [node, (node as { '@graph'?: unknown } | null)?.['@graph']].flat());
  return nodes
    .map((node) => (node as { articleBody?: unknown } | null | undefined)?.articleBody)
    .filter((body) => typeof body === 'string');
}

function betterOf(found: readonly string[], structured: readonly string[]): readonly string[] {
  const foundChars = lengthOf(found);
  if (foundChars >= DOUBTFUL_CHARS) return found;
  const bodies = structured.map((body) =>
    body
      .split(/\n+/)
      .map((line) => tidyText(stripTags(line)))
      .filter(Boolean),
  );
  const longest = bodies.toSorted((left, right) => lengthOf(right) - lengthOf(left))[0] ?? [];
  return lengthOf(longest) > foundChars ? longest : found;
}

const lengthOf = (paragraphs: readonly string[]): number => paragraphs.reduce((sum, { length }) => sum + length, 0);

/** Such texts are plain by the standard, and sometimes hold markup all the same. */
const stripTags = (line: string): string =>
  /<[a-z/!]|&\w+;|&#/i.test(line)
    ? (parseHTML(`<html><body>${cutAtNesting(line)}`).document.body.textContent ?? '')
    : line;

/** Whole paragraphs as far as they fit. */
function cut(paragraphs: readonly string[]): string {
  let text = '';
  for (const paragraph of paragraphs) {
    const longer = text === '' ? paragraph : `${text}\n\n${paragraph}`;
    if (longer.length > MAX_TEXT_CHARS) return text === '' ? paragraph.slice(0, MAX_TEXT_CHARS).toWellFormed() : text;
    text = longer;
  }
  return text;
}

/** The primary BCP 47 tag the page states, in lower case. */
const languageOf = (lang: string | null | undefined): string | null =>
  /^[a-z]{2,3}(?=$|[-_])/i.exec(lang?.trim() ?? '')?.[0].toLowerCase() ?? null;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
