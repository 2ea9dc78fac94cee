// Which blocks of a page are the article. Readability finds where it is, but judges parts of it by names and links, and so
// drops sentences ("comment-quote", a paragraph that is one link, a lead in a box of its own) and includes teasers.
// Here its choice is only evidence:
//  1. every frame (box) of the page is judged by its name, its role and what it holds (outer-frames.ts);
//  2. prose is weighed, more where Readability kept it; the story is the innermost frame that holds most of it;
//  3. in the story everything but teasers stays; between the headline and the story, and after it in the same article, only sentences.
import { isPure, LONG_ARTICLE_CHARS, outerFrames } from './outer-frames.ts';
import type { BlockNotes, FrameNotes, PageNotes } from './page-notes.ts';
import { charsOf } from './sentence-like.ts';

/** The story is the innermost frame with at least this share of the weight. */
const STORY_SHARE = 0.65;
const WEIGHT_IF_KEPT = 1.5;
const WEIGHT_IF_KEPT_AND_LONG = 5;
const WEIGHT_IN_ARTICLE = 1.5;
const WEIGHT_IF_LABEL = 0.3;
const WEIGHT_IF_DOUBTFUL = 0.3;
const WEIGHT_IF_HIDDEN = 0.5;
/** Lines between the headline and the story that do not end like a sentence: a lead from this length on. As charsOf counts. */
const LEAST_LEAD_CHARS = 40;
const LEAST_SUBTITLE_CHARS = 20;
/** The share of a page's sentences that may be above the headline. */
const LARGEST_SHARE_ABOVE = 0.2;
/** What follows the story in its article belongs to it up to this share of its length: more is a gallery, or other stories. */
const LARGEST_SHARE_AFTER = 1.2;
/** Items and headings that Readability left out; shorter ones are marks on charts. */
const LEAST_ITEM_CHARS = 12;
/** Lines in boxes of their own that do not end like a sentence: "4 min read" and the like are shorter. */
const LEAST_LINE_CHARS = 40;

const LEAD_NAMES =
  / (?:lead|lede|intro|dek|deck|standfirst|subtitle|subhead|subheading|subheadline|summary|excerpt|spot|sommario|occhiello|chapo|chapeau|entradilla|bajada|desc|description|abstract|sapo|anons|vorspann|second title) /;
/** Elements whose lines belong to the article even without the end of a sentence. */
const PROSE_TAGS: ReadonlySet<string> = new Set(
  'blockquote caption dd dt figcaption h2 h3 h4 li p pre summary td th tr'.split(' '),
);

interface Story {
  readonly kept: ReadonlySet<BlockNotes>;
  /** Most of what Readability kept is in the story, so what it kept elsewhere belongs to it as well. */
  readonly isAgreed: boolean;
  readonly frame: FrameNotes;
  readonly inside: ReadonlySet<FrameNotes>;
  /** The article or main part around it, or its parent. */
  readonly around: ReadonlySet<FrameNotes>;
  /** Positions of blocks; the headline is -1 where it was not found. */
  readonly headline: number;
  readonly first: number;
  readonly last: number;
  /** What follows at once in the part that holds the headline, up to a teaser, ends before this position. */
  readonly end: number;
  /** Little follows the story in its article. */
  readonly isWholeArticle: boolean;
}

/** The article's paragraphs in their order; none when the page has no prose. `kept`: values of the text nodes that Readability chose. */
export function chooseProse(notes: PageNotes, kept: ReadonlySet<string>): readonly string[] {
  const keptBlocks = new Set(notes.blocks.filter(({ block }) => kept.has(block.longestPart)));
  const out = outerFrames(notes, keptBlocks);
  const story = findStory(notes, keptBlocks, out);
  if (story === null) return [];
  const chosen = notes.blocks.filter((block, at) => belongs(block, at, story, out));
  return withoutLoneLabels(chosen, story).map(({ block }) => block.text);
}

function findStory(
  { blocks, frames }: PageNotes,
  kept: ReadonlySet<BlockNotes>,
  out: ReadonlySet<FrameNotes>,
): Story | null {
  const keptChars = sizeOf(blocks.filter((each) => each.isSentence && kept.has(each) && !out.has(each.home)));
  const weightIfKept = keptChars < LONG_ARTICLE_CHARS ? WEIGHT_IF_KEPT : WEIGHT_IF_KEPT_AND_LONG;
  const articles = insideOf(frames, ({ frame }) => frame.tag === 'article' || frame.tag === 'main');
  const weights = new Map<FrameNotes, number>();
  for (const each of blocks) {
    const { block, home, isSentence } = each;
    const isKept = kept.has(each);
    if (out.has(home) || !(isSentence || isKept)) continue;
    const weight =
      (block.text.length - block.linkChars / 2) *
      (isKept ? weightIfKept : 1) *
      (isSentence ? 1 : WEIGHT_IF_LABEL) *
      (articles.has(home) ? WEIGHT_IN_ARTICLE : 1) *
      (home.frame.kind === 'doubtful' && isPure(home) ? WEIGHT_IF_DOUBTFUL : 1) *
      (home.frame.hidden || block.hidden ? WEIGHT_IF_HIDDEN : 1);
    weights.set(home, (weights.get(home) ?? 0) + weight);
  }
  const heaviest = new Map<FrameNotes, FrameNotes>();
  for (const each of frames.toReversed()) {
    const weight = weights.get(each) ?? 0;
    if (weight === 0 || each.parent === null) continue;
    weights.set(each.parent, (weights.get(each.parent) ?? 0) + weight);
    if (weight > (weights.get(heaviest.get(each.parent) as FrameNotes) ?? 0)) heaviest.set(each.parent, each);
  }
  let frame = frames[0];
  if (frame === undefined || (weights.get(frame) ?? 0) === 0) return null;
  const least = (weights.get(frame) ?? 0) * STORY_SHARE;
  for (let inner = heaviest.get(frame); inner !== undefined; inner = heaviest.get(frame)) {
    if ((weights.get(inner) ?? 0) < least) break;
    frame = inner;
  }
  const place = placeOf(frame, blocks, frames, out);
  const keptInside = sizeOf(blocks.filter((each) => each.isSentence && kept.has(each) && place.inside.has(each.home)));
  return { ...place, kept, isAgreed: keptInside > 0 && keptInside >= keptChars / 2 };
}

const sizeOf = (blocks: readonly BlockNotes[]): number => blocks.reduce((sum, { block }) => sum + block.text.length, 0);

function placeOf(
  frame: FrameNotes,
  blocks: readonly BlockNotes[],
  frames: readonly FrameNotes[],
  out: ReadonlySet<FrameNotes>,
): Omit<Story, 'kept' | 'isAgreed'> {
  const part = partAround(frame);
  const inside = insideOf(frames, (each) => each === frame);
  const around = insideOf(frames, (each) => each === part);
  const isProse = ({ home, isSentence, isTitle }: BlockNotes): boolean =>
    isSentence && !isTitle && inside.has(home) && !out.has(home);
  const first = blocks.findIndex(isProse);
  const last = blocks.findLastIndex(isProse);
  const isNext = ({ home, isTeaser }: BlockNotes): boolean =>
    !isTeaser && part.holdsTitle && around.has(home) && !out.has(home);
  let end = last + 1;
  while (blocks[end] !== undefined && isNext(blocks[end] as BlockNotes)) end += 1;
  const headline = headlineOf(blocks, isProse, first);
  const after = sizeOf(
    blocks.slice(last + 1).filter((each) => each.isSentence && around.has(each.home) && !out.has(each.home)),
  );
  const isWholeArticle = after <= sizeOf(blocks.filter(isProse)) * LARGEST_SHARE_AFTER;
  return { frame, inside, around, headline, first, last, end, isWholeArticle };
}

/** The headline comes before the story, or before nearly all of it: a strip may be above. */
function headlineOf(blocks: readonly BlockNotes[], isProse: (block: BlockNotes) => boolean, first: number): number {
  const isHeadline = ({ isTitle, block, home }: BlockNotes): boolean =>
    (isTitle || block.tag === 'h1') && home.frame.kind !== 'never';
  const before = blocks.findLastIndex((each, at) => at < Math.max(first, 1) && isHeadline(each));
  const within = blocks.findIndex((each) => isHeadline(each) && each.isHeading);
  if (before >= 0 || within < first) return before;
  const above = sizeOf(blocks.slice(0, within).filter(isProse));
  return above < sizeOf(blocks.filter(isProse)) * LARGEST_SHARE_ABOVE ? within : before;
}

/** The frames that satisfy the condition, and all frames inside them. */
function insideOf(frames: readonly FrameNotes[], isIt: (each: FrameNotes) => boolean): ReadonlySet<FrameNotes> {
  const found = new Set<FrameNotes>();
  for (const each of frames) if ((each.parent !== null && found.has(each.parent)) || isIt(each)) found.add(each);
  return found;
}

/** The article that the frame stands in, else its parent. */
function partAround(frame: FrameNotes): FrameNotes {
  for (let at: FrameNotes | null = frame; at !== null; at = at.parent) if (at.frame.tag === 'article') return at;
  const { parent } = frame;
  return parent === null || parent.frame.tag === 'body' ? frame : parent;
}

function belongs(block: BlockNotes, at: number, story: Story, out: ReadonlySet<FrameNotes>): boolean {
  const { home, isTeaser, isTitle, isSentence } = block;
  if (out.has(home) || isTeaser || isTitle) return false;
  if (at < story.headline) return false;
  if ((home.frame.hidden || block.block.hidden) && !isSentence) return false;
  if (at < story.first) return isLead(block, story);
  if (story.inside.has(home)) return isSentence || isPartOfProse(block, at, story);
  if (story.isAgreed && story.kept.has(block)) return isSentence || isPartOfProse(block, at, story);
  if (!isSentence || !story.isWholeArticle) return false;
  return at < story.end || (story.around.has(home) && isAfterword(home, story));
}

/** Between the headline and the first sentence of the story; or in the same article where no headline was found. */
function isLead(lead: BlockNotes, { headline, around, kept }: Story): boolean {
  const { block, home, isSentence, isHeading } = lead;
  if (headline < 0 && !around.has(home)) return false;
  if (isSentence) return true;
  if (block.linkChars > 0 || charsOf(block.text) < (isHeading ? LEAST_SUBTITLE_CHARS : LEAST_LEAD_CHARS)) return false;
  return kept.has(lead) || isHeading || LEAD_NAMES.test(home.frame.name);
}

/** Lines of the story that do not end like sentences: items, cells, headings, captions. */
function isPartOfProse(line: BlockNotes, at: number, { last, kept }: Story): boolean {
  const { block } = line;
  if (kept.has(line) && (PROSE_TAGS.has(block.tag) || charsOf(block.text) >= LEAST_LINE_CHARS)) return true;
  return at < last && PROSE_TAGS.has(block.tag) && block.linkChars === 0 && charsOf(block.text) >= LEAST_ITEM_CHARS;
}

/** After the story only what stands in its article, or in a box like its own. */
const isAfterword = (home: FrameNotes, { frame }: Story): boolean =>
  frame.frame.tag === 'article' || home.frame.name === frame.frame.name || hasArticle(home);

function hasArticle(home: FrameNotes): boolean {
  for (let at: FrameNotes | null = home; at !== null; at = at.parent) if (at.frame.tag === 'article') return true;
  return false;
}

/** A label whose content was removed: "Recommended for you" above links. */
function withoutLoneLabels(chosen: readonly BlockNotes[], { frame }: Story): readonly BlockNotes[] {
  return chosen.filter(({ home, isSentence }) => {
    if (isSentence || home === frame) return true;
    return home.sentences > 0 || (home.teasers === 0 && home.controls === 0);
  });
}
