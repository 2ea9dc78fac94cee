// Where a feed begins in what a server sent: behind its warnings, inside of a page.

const ROOT = /<(?:[\w.-]+:)?(?:rss|rdf|feed|channel|entry)(?=[\s>/])/i;
const PAGE_TAG =
  /^<(?:!doctype\s+html|html|head|body|br|b|i|p|a|div|script|style|center|font|span|table|h\d|pre)(?=[\s/>])/i;
const FIRST_TAG = /<[?!]|<[\p{L}_]/u;

/** Where the document begins: at its first tag or, where that is of a web page or of a server's warning, at the root of a feed. */
export function startOf(text: string): number {
  const first = FIRST_TAG.exec(text)?.index ?? 0;
  if (!PAGE_TAG.test(text.slice(first, first + 40))) return first;
  const root = ROOT.exec(text)?.index ?? first;
  const declaration = text.indexOf('<?xml');
  return declaration >= 0 && declaration < root ? declaration : root;
}
