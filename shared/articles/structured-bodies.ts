// The article's text as publishers put it into JSON-LD (schema.org `articleBody`) for search engines; pages rendered by scripts
// often have nothing else.
import { parseHTML } from 'linkedom';
import { cutAtNesting } from '../text/limit-nesting.ts';
import { tidyText } from '../text/tidy-text.ts';
import { attributeOf } from './html-attributes.ts';

const MAX_SCRIPTS = 10;
const MAX_CHARS = 1_000_000;

/** The paragraphs of each body that the page states. */
export function structuredBodies(document: Document): readonly (readonly string[])[] {
  const scripts = [...document.getElementsByTagName('script')];
  const structured = scripts.filter((script) => /^application\/ld\+json/i.test(attributeOf(script, 'type')));
  return structured.slice(0, MAX_SCRIPTS).flatMap((script) => {
    const json = script.textContent ?? '';
    return json.length > MAX_CHARS ? [] : bodiesIn(parseJson(json)).map(paragraphsOfBody);
  });
}

function bodiesIn(value: unknown): readonly string[] {
  const nodes = [value].flat().flatMap((node) => [node, (node as { '@graph'?: unknown } | null)?.['@graph']].flat());
  return nodes
    .map((node) => (node as { articleBody?: unknown } | null | undefined)?.articleBody)
    .filter((body) => typeof body === 'string');
}

const paragraphsOfBody = (body: string): readonly string[] =>
  body
    .split(/\n+/)
    .map((line) => tidyText(stripTags(line)))
    .filter(Boolean);

/** By the standard such texts are plain, but some contain markup. */
const stripTags = (line: string): string =>
  /<[a-z/!]|&\w+;|&#/i.test(line)
    ? (parseHTML(`<html><body>${cutAtNesting(line)}`).document.body.textContent ?? '')
    : line;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
