// What the blocks and frames of a page hold, counted once, in one pass down and one up.
import { isBoilerplateLine } from './boilerplate.ts';
import type { PageFrame } from './page-frames.ts';
import type { PageBlock, PageText } from './paragraphs.ts';
import { charsOf, isSentenceLike, isStatement } from './sentence-like.ts';

/** From this share on, the text of a block is a link; in a frame that is named like related stories, from the other. */
const LINK_SHARE = 0.8;
const LINK_SHARE_IN_DOUBT = 0.4;
/** "Source: <a>…</a>": a label of at most this many characters, and a link. */
const LONGEST_LABEL_CHARS = 40;
/** As charsOf counts. */
const LONGEST_HEADLINE_CHARS = 120;
/** Names and sections in a page's title are shorter than its headline. */
const LEAST_TITLE_CHARS = 4;
/** What the name of the site, or of a section, adds to a title. */
const LONGEST_ADDITION_CHARS = 80;
const HEADING = /^h[1-6]$/;

export interface BlockNotes {
  readonly block: PageBlock;
  readonly home: FrameNotes;
  readonly isHeading: boolean;
  readonly isSentence: boolean;
  /** A link to another story, a label of such links, a line of boilerplate. */
  readonly isTeaser: boolean;
  readonly isTitle: boolean;
}

/** Sums are over all that stands in the frame, however deep. */
export interface FrameNotes {
  readonly frame: PageFrame;
  readonly parent: FrameNotes | null;
  chars: number;
  /** Characters of sentences outside of links. */
  prose: number;
  sentences: number;
  /** Blocks that are neither sentences nor teasers. */
  labels: number;
  headings: number;
  teasers: number;
  linkedHeadings: number;
  controls: number;
  pictures: number;
  /** Whether the first block is a teaser; null before there is one. */
  opensWithTeaser: boolean | null;
  holdsTitle: boolean;
  /** Sentences directly in the frame, not in a frame inside it. */
  ownSentences: number;
}

export interface PageNotes {
  readonly blocks: readonly BlockNotes[];
  /** Each after the one it stands in; the first is the page. */
  readonly frames: readonly FrameNotes[];
  /** Characters of sentences in frames against which nothing speaks. */
  readonly plainProse: number;
}

/** `titles`: what the document says about its headline, with the name of the site or without. */
export function notesOn(page: PageText, titles: readonly string[]): PageNotes {
  const notes = new Map<PageFrame, FrameNotes>();
  const plain = new Set<FrameNotes>();
  for (const frame of page.frames) {
    const parent = frame.parent === null ? null : (notes.get(frame.parent) ?? null);
    const each = emptyNotes(frame, parent);
    notes.set(frame, each);
    if (frame.kind === 'plain' && (parent === null || plain.has(parent))) plain.add(each);
  }
  const repeated = repeatedWithoutScripts(page);
  const blocks = page.blocks.map((block) =>
    noteBlock(block, notes.get(block.frame) as FrameNotes, titles, repeated.has(block)),
  );
  let plainProse = 0;
  for (const block of blocks) {
    count(block);
    if (block.isSentence && plain.has(block.home)) plainProse += block.block.text.length;
  }
  const frames = [...notes.values()];
  for (const each of frames.toReversed()) if (each.parent !== null) addTo(each.parent, each);
  return { blocks, frames, plainProse };
}

function emptyNotes(frame: PageFrame, parent: FrameNotes | null): FrameNotes {
  return {
    frame,
    parent,
    chars: 0,
    prose: 0,
    sentences: 0,
    labels: 0,
    headings: 0,
    teasers: 0,
    linkedHeadings: 0,
    controls: frame.controls,
    pictures: frame.pictures,
    opensWithTeaser: null,
    holdsTitle: false,
    ownSentences: 0,
  };
}

/** Blocks for readers without scripts that only ask for scripts, count visits, or say what the page says anyway. */
function repeatedWithoutScripts({ blocks }: PageText): ReadonlySet<PageBlock> {
  const without = blocks.filter(({ noscript }) => noscript);
  if (without.length === 0) return new Set();
  const texts = new Set(blocks.filter(({ noscript }) => !noscript).map(({ text }) => text));
  return new Set(without.filter(({ text }) => texts.has(text) || /javascript|^</i.test(text)));
}

function noteBlock(block: PageBlock, home: FrameNotes, titles: readonly string[], isRepeated: boolean): BlockNotes {
  const { text, linkChars, tag } = block;
  const isLink = linkChars >= text.length * (block.frame.kind === 'plain' ? LINK_SHARE : LINK_SHARE_IN_DOUBT);
  const isTeaser =
    isRepeated ||
    block.inCard ||
    (isLink && !isLinkedSentence(block)) ||
    isLabelledLink(block) ||
    isBoilerplateLine(text);
  return {
    block,
    home,
    isHeading: HEADING.test(tag),
    isSentence: !isTeaser && isSentenceLike(text),
    isTeaser,
    isTitle: !isTeaser && titles.some((title) => isPart(text, title) || (HEADING.test(tag) && isPart(title, text))),
  };
}

/** A link around a sentence. Without a full stop, its length distinguishes it from a headline; title and summary are two pieces. */
const isLinkedSentence = ({ text, longestPart }: PageBlock): boolean =>
  isStatement(text) || (charsOf(text) > LONGEST_HEADLINE_CHARS && longestPart.length >= text.length * LINK_SHARE);

const isPart = (text: string, whole: string): boolean =>
  text.length >= LEAST_TITLE_CHARS &&
  text.length <= whole.length &&
  whole.length < text.length + LONGEST_ADDITION_CHARS &&
  whole.includes(text);

/** "Don't miss: <a>Ten cakes for autumn</a>", in any language. */
function isLabelledLink({ text, linkChars }: PageBlock): boolean {
  if (linkChars < LONGEST_LABEL_CHARS / 2 || linkChars < text.length / 2 || isStatement(text)) return false;
  const label = text.slice(0, text.length - linkChars);
  return label.length <= LONGEST_LABEL_CHARS && /[:：|»>]\s*$/.test(label);
}

function count({ block, home, isHeading, isSentence, isTeaser, isTitle }: BlockNotes): void {
  home.chars += block.text.length;
  if (isTitle) home.holdsTitle = true;
  if (isHeading) home.headings += 1;
  if (isTeaser) {
    home.teasers += 1;
    if (isHeading || block.inCard) home.linkedHeadings += 1;
  } else if (isSentence) {
    home.sentences += 1;
    home.ownSentences += 1;
    home.prose += block.text.length - block.linkChars / 2;
  } else {
    home.labels += 1;
  }
  for (let at: FrameNotes | null = home; at !== null && at.opensWithTeaser === null; at = at.parent) {
    at.opensWithTeaser = isTeaser;
  }
}

function addTo(parent: FrameNotes, child: FrameNotes): void {
  parent.chars += child.chars;
  parent.prose += child.prose;
  parent.sentences += child.sentences;
  parent.labels += child.labels;
  parent.headings += child.headings;
  parent.teasers += child.teasers;
  parent.linkedHeadings += child.linkedHeadings;
  parent.controls += child.controls;
  parent.pictures += child.pictures;
  parent.holdsTitle ||= child.holdsTitle;
}
