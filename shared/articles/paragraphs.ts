// From a DOM tree to paragraphs of plain text: block elements part them, inline elements do not, white space collapses.
// What else is known of a paragraph (its links, what it stands in) is kept beside it for choose-prose.ts.

import { tidyLines, UNTIDY } from '../text/tidy-text.ts';
import { FrameReader, isHidden, LEAVES, type PageFrame } from './page-frames.ts';

/** One paragraph of a page. */
export interface PageBlock {
  readonly text: string;
  /** How much of the text is a link that leads to another page, in UTF-16 units. */
  readonly linkChars: number;
  /** The value of the longest of its text nodes, as it is on the page: identifies the block after Readability has moved it. */
  readonly longestPart: string;
  /** The element that the paragraph is, in lower case: `p`, `li`, `h2`, `div` … */
  readonly tag: string;
  readonly frame: PageFrame;
  /** Not shown until something is clicked or paid; what it stands in may be hidden too. */
  readonly hidden: boolean;
  /** For readers without scripts. */
  readonly noscript: boolean;
  /** Part of a link around several blocks, or around a picture: a teaser. */
  inCard: boolean;
}

const BLOCKS: ReadonlySet<string> = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);

const SILENT: ReadonlySet<string> = new Set(
  (
    'audio button canvas embed iframe input math object script select style svg template textarea video ' +
    'amp-ad amp-analytics amp-consent amp-embed amp-iframe amp-list amp-sidebar amp-sticky-ad amp-user-notification'
  ).split(' '),
);
/** What marks a form or a bar of buttons, though it has no text of its own. */
const CONTROLS: ReadonlySet<string> = new Set(['button', 'form', 'input', 'select', 'textarea']);

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/** Never empty paragraphs; a `<br>` inside one is a line break. The tree must be of bounded depth (limit-nesting.ts). */
export const paragraphsOf = (root: Element): readonly string[] =>
  blocksOf(root, { lineBreaksPart: false, noscript: false }).blocks.map(({ text }) => text);

export interface PageText {
  readonly blocks: readonly PageBlock[];
  /** Each after the one it stands in; the first is the root. */
  readonly frames: readonly PageFrame[];
}

/** The blocks under `root` in their order. With `lineBreaksPart`, two line breaks in a row end a paragraph. */
export function blocksOf(
  root: Element,
  { lineBreaksPart, noscript }: { readonly lineBreaksPart: boolean; readonly noscript: boolean },
): PageText {
  return new BlockReader(root, lineBreaksPart, noscript).read();
}

class BlockReader {
  readonly #root: Element;
  readonly #lineBreaksPart: boolean;
  readonly #noscript: boolean;
  readonly #blocks: PageBlock[] = [];
  readonly #frames: PageFrame[] = [];
  #open = '';
  #linkChars = 0;
  #longestPart = '';
  #tag = '';
  readonly #frameReader = new FrameReader();
  #frame: PageFrame;
  /** How many links, one around the other, the walk is in. */
  #links = 0;
  #breaks = 0;
  #inNoscript = false;
  #hidden = false;

  constructor(root: Element, lineBreaksPart: boolean, noscript: boolean) {
    this.#root = root;
    this.#lineBreaksPart = lineBreaksPart;
    this.#noscript = noscript;
    this.#frame = this.#frameReader.read(root, null);
    this.#frames.push(this.#frame);
  }

  read(): PageText {
    this.#tag = this.#frame.tag;
    this.#children(this.#root);
    this.#close();
    return { blocks: this.#blocks, frames: this.#frames };
  }

  #children(node: Node): void {
    for (let child = node.firstChild; child !== null; child = child.nextSibling) this.#walk(child);
  }

  #walk(node: Node): void {
    const { nodeType } = node;
    if (nodeType === TEXT || nodeType === CDATA) this.#addText(node);
    else if (nodeType === ELEMENT) this.#element(node as Element, (node as Element).localName.toLowerCase());
  }

  #element(node: Element, name: string): void {
    if (CONTROLS.has(name)) this.#frame.controls += 1;
    if (SILENT.has(name)) return;
    if (name === 'noscript') this.#withoutScripts(node);
    else if (name === 'br') this.#lineBreak();
    else if (name === 'a') this.#link(node);
    else if (name === 'img') this.#frame.pictures += 1;
    else if (BLOCKS.has(name) || (name === 'td' && laysOut(node)) || (name.includes('-') && standsAlone(node))) {
      this.#block(node, name);
    } else {
      if (name === 'td' || name === 'th') this.#open += ' ';
      this.#children(node);
    }
  }

  #block(node: Element, name: string): void {
    this.#close();
    const [frame, tag] = [this.#frame, this.#tag];
    if (LEAVES.has(name)) {
      this.#hidden = isHidden(node);
    } else {
      this.#frame = this.#frameReader.read(node, frame);
      this.#frames.push(this.#frame);
    }
    this.#tag = name;
    this.#children(node);
    this.#close();
    this.#hidden = false;
    this.#frame = frame;
    this.#tag = tag;
  }

  #withoutScripts(node: Element): void {
    if (!this.#noscript) return;
    this.#close();
    this.#inNoscript = true;
    this.#children(node);
    this.#close();
    this.#inNoscript = false;
  }

  #link(node: Element): void {
    const { pictures } = this.#frame;
    const first = this.#blocks.length;
    // Links within the page are anchors of headings and notes; a bare "#" is a button.
    const away = !/^#./.test(node.getAttribute('href') ?? '#top');
    if (away) this.#links += 1;
    this.#children(node);
    if (away) this.#links -= 1;
    const inside = this.#blocks.length - first;
    if (away && (inside > 1 || (inside === 1 && this.#frame.pictures > pictures))) {
      for (const block of this.#blocks.slice(first)) block.inCard = true;
    }
  }

  #lineBreak(): void {
    this.#breaks += 1;
    if (this.#lineBreaksPart && this.#breaks > 1) this.#close();
    else this.#open += '\n';
  }

  #addText(node: Node): void {
    const value = node.nodeValue ?? '';
    const text = UNTIDY.test(value) ? value.replace(/\s+/g, ' ') : value;
    this.#open += text;
    if (text === ' ' || text === '') return;
    this.#breaks = 0;
    if (this.#links > 0) this.#linkChars += text.length;
    if (value.length > this.#longestPart.length) this.#longestPart = value;
  }

  #close(): void {
    const longestPart = this.#longestPart;
    const text = longestPart === '' ? '' : tidyLines(this.#open);
    if (text !== '') {
      const linkChars = Math.min(this.#linkChars, text.length);
      this.#blocks.push({
        text,
        linkChars,
        longestPart,
        tag: this.#tag,
        frame: this.#frame,
        hidden: this.#hidden,
        noscript: this.#inNoscript,
        inCard: false,
      });
    }
    this.#open = '';
    this.#linkChars = 0;
    this.#longestPart = '';
  }
}

/** A custom element is a block unless it stands in the middle of a line. */
const standsAlone = ({ previousSibling, nextSibling }: Element): boolean =>
  !isWords(previousSibling) && !isWords(nextSibling);

const isWords = (node: Node | null): boolean => node?.nodeType === TEXT && /\S/.test(node.nodeValue ?? '');

/** A cell that holds a part of the page, as pages without style sheets do it; cells of data belong to the line of their row. */
const laysOut = ({ children }: Element): boolean =>
  [...children].some(({ localName }) => localName === 'br' || BLOCKS.has(localName));
