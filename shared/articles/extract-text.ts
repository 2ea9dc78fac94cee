// The article on a web page as plain text: blocks of a linkedom document, of which choose-prose.ts takes the article's,
// with the choice of Mozilla Readability as evidence.
// Heavy to load and unbounded in time: product code runs it in a worker, see adapters/articles/extractor.ts.

import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { Extraction } from '../model/article.ts';
import { cutAtNesting } from '../text/limit-nesting.ts';
import { tidyText } from '../text/tidy-text.ts';
import { believableCanonical } from './canonical-claim.ts';
import { chooseProse } from './choose-prose.ts';
import { completeDocument } from './complete-document.ts';
import { attributeOf } from './html-attributes.ts';
import { framesToRemove } from './outer-frames.ts';
import { isHidden } from './page-frames.ts';
import { notesOn } from './page-notes.ts';
import { blocksOf, paragraphsOf } from './paragraphs.ts';
import { charsOf } from './sentence-like.ts';
import { structuredBodies } from './structured-bodies.ts';

/** Shorter "articles" are cookie notices, captions and error pages. As charsOf counts. */
const MIN_TEXT_CHARS = 80;
/** What was found is doubted below this, and the page's own structured copy of the article is preferred where it is longer. */
const DOUBTFUL_CHARS = 500;
/** Some forty pages of print; matching goes no further. */
const MAX_TEXT_CHARS = 200_000;

/** Does not fetch, run or expand anything. Throws only on errors of the libraries; a page without an article is a value. */
export function extractText(html: string, url: string): Extraction {
  const { document } = parseHTML(cutAtNesting(html));
  completeDocument(document);
  // Read first: Readability takes the document apart.
  const canonicalUrl = believableCanonical(canonicalClaim(document), url);
  const structured = structuredBodies(document);
  const language = languageOf(attributeOf(document.documentElement, 'lang'));
  const titleOfPage = tidyText(document.title);
  const notes = notesOn(blocksOf(document.body, { lineBreaksPart: true, noscript: true }), [
    titleOfPage,
    statedTitle(document),
  ]);
  for (const { element } of framesToRemove(notes)) element.remove();
  const article = new EvidenceReader(document).parse();
  const prose = chooseProse(notes, article?.content ? textsIn(article.content) : new Set());
  const found = sizeOf(prose) >= MIN_TEXT_CHARS || !article?.content ? prose : paragraphsOf(article.content as Element);
  const text = cut(betterOf(found, structured));
  if (charsOf(text) < MIN_TEXT_CHARS) {
    return {
      ok: false,
      reason:
        text === '' ? 'no article was found on the page' : `the page holds only ${text.length} characters of text`,
    };
  }
  return { ok: true, text, title: tidyText(article?.title ?? '') || titleOfPage || null, canonicalUrl, language };
}

/**
 * Readability without the steps that matter only to those who show its result: absolute links, pictures, styles and classes.
 * Nor does it copy the page to start again with fewer rules where it found nothing: choose-prose.ts has the whole page.
 * Together a fifth of its time.
 */
class EvidenceReader extends Readability<Node> {
  constructor(document: Document) {
    Object.defineProperty(document.body, 'innerHTML', { get: () => '', set: () => {} });
    super(document, { serializer: (node) => node, charThreshold: 1 });
  }
  _postProcessContent(): void {}
  _unwrapNoscriptImages(): void {}
  _fixLazyImages(): void {}
  _cleanStyles(): void {}
  _isProbablyVisible(element: Element): boolean {
    return !isHidden(element);
  }
}

function textsIn(root: Node): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (node: Node): void => {
    if (node.nodeType === node.TEXT_NODE) found.add(node.nodeValue ?? '');
    for (let child = node.firstChild; child !== null; child = child.nextSibling) walk(child);
  };
  walk(root);
  return found;
}

/** For those who share the page: without the name of the site. */
function statedTitle({ head }: Document): string {
  const metas = [...(head?.getElementsByTagName('meta') ?? [])];
  const stated = metas.find((meta) => meta.getAttribute('property') === 'og:title');
  return tidyText(stated?.getAttribute('content') ?? '');
}

/** In the head only: anywhere else it may be a reader's comment. */
function canonicalClaim({ head }: Document): string | null {
  const links = [...(head?.getElementsByTagName('link') ?? [])];
  const canonical = links.find((link) => /(^|\s)canonical(\s|$)/i.test(attributeOf(link, 'rel')));
  return canonical === undefined ? null : attributeOf(canonical, 'href');
}

function betterOf(found: readonly string[], structured: readonly (readonly string[])[]): readonly string[] {
  const foundChars = sizeOf(found);
  if (foundChars >= DOUBTFUL_CHARS) return found;
  const longest = structured.toSorted((left, right) => sizeOf(right) - sizeOf(left))[0] ?? [];
  return sizeOf(longest) > foundChars ? longest : found;
}

const sizeOf = (paragraphs: readonly string[]): number =>
  paragraphs.reduce((sum, paragraph) => sum + charsOf(paragraph), 0);

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
const languageOf = (lang: string): string | null =>
  /^[a-z]{2,3}(?=$|[-_])/i.exec(lang.trim())?.[0].toLowerCase() ?? null;
