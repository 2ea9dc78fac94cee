// Which frames (boxes) of a page are not part of its article: by their names and roles (page-frames.ts), and by what they hold.
// A box of nothing but sentences is prose whatever its name; a linked heading with a line below it is a teaser in any frame.
import type { PageFrame } from './page-frames.ts';
import type { BlockNotes, FrameNotes, PageNotes } from './page-notes.ts';

/** A frame that opens with a linked heading is a teaser unless it holds more than this. In UTF-16 units. */
const LONGEST_TEASER_CHARS = 420;
/** Never the article, however much prose it holds. */
const OTHER_PROSE =
  / (?:comments?|commentlist|disqus|discussions?|replies|cookies?|consent|gdpr|cmp|privacy|newsletters?|login|register|modal|dialog) /;
/** "Comment" is also what newspapers call opinion. */
const OPINION = / comment /;
const OF_READERS = / (?:comments|list|form|body|thread|replies|reply|item|text|author|user) /;
/** More prose than a bar of buttons or an advertisement holds, whatever the name says. */
const LEAST_STORY_CHARS = 600;
/** Readability is seldom wrong about where a long article is, and often about a short one. */
export const LONG_ARTICLE_CHARS = 600;

/** Frames that Readability need not see: menus, forms, comments, teasers. Without them it is faster and is not misled. */
export function framesToRemove(notes: PageNotes): readonly PageFrame[] {
  return outermostSurelyOut(notes).map(({ frame }) => frame);
}

function outermostSurelyOut({ frames, plainProse }: PageNotes): readonly FrameNotes[] {
  const out = new Set<FrameNotes>();
  return frames.filter((each) => {
    const { parent } = each;
    if (parent === null || !(out.has(parent) || isTeaserBox(each) || isNoStory(each, plainProse))) return false;
    out.add(each);
    return !out.has(parent);
  });
}

const isNoStory = ({ frame, holdsTitle, prose }: FrameNotes, plainProse: number): boolean =>
  frame.kind === 'never' &&
  !holdsTitle &&
  plainProse > 0 &&
  ((OTHER_PROSE.test(frame.name) && !mayBeOpinion(frame.name)) || (prose < plainProse && prose < LEAST_STORY_CHARS));

const mayBeOpinion = (name: string): boolean => OPINION.test(name) && !OF_READERS.test(name);

/** Frames that are not part of the article, as far as this can be decided before its place is known. */
export function outerFrames(notes: PageNotes, kept: ReadonlySet<BlockNotes>): ReadonlySet<FrameNotes> {
  const { frames, plainProse } = notes;
  const out = new Set<FrameNotes>();
  const proseLeft = outermostSurelyOut(notes).reduce((left, { prose }) => left - prose, frames[0]?.prose ?? 0);
  const keptChars = keptCharsIn(frames, kept);
  const halfOfKept = (keptChars.get(frames[0] as FrameNotes) ?? 0) / 2;
  // A name may be wrong: the frame holds the headline, or most of what Readability chose and more prose than all frames
  // without doubt, or most of the prose where those hold little; much of it, where the name is one of bars and buttons.
  const isStory = (each: FrameNotes): boolean => {
    if (each.holdsTitle) return true;
    const isMost = each.prose > proseLeft / 2 && plainProse < proseLeft / 4;
    if (OTHER_PROSE.test(each.frame.name) && !(mayBeOpinion(each.frame.name) && isMost)) return false;
    const ofKept = keptChars.get(each) ?? 0;
    if (ofKept >= LEAST_STORY_CHARS || (ofKept > halfOfKept && each.prose >= plainProse)) return true;
    const isMuch = each.frame.kind === 'doubtful' || each.prose >= LEAST_STORY_CHARS;
    return isMuch && isMost && halfOfKept < LONG_ARTICLE_CHARS / 2;
  };
  for (const each of frames) {
    const { frame, parent } = each;
    const isOut =
      (parent !== null && out.has(parent)) ||
      isTeaserBox(each) ||
      (frame.kind === 'never' && !isStory(each)) ||
      (frame.kind === 'doubtful' && !isStory(each) && !isPure(each)) ||
      (frame.tag === 'form' && !isStory(each)) ||
      (frame.tag === 'footer' && each.sentences === 0);
    if (isOut) out.add(each);
  }
  return out;
}

/** How much of what Readability kept stands in each frame. */
function keptCharsIn(frames: readonly FrameNotes[], kept: ReadonlySet<BlockNotes>): ReadonlyMap<FrameNotes, number> {
  const sums = new Map<FrameNotes, number>();
  const add = (each: FrameNotes, chars: number): unknown => sums.set(each, (sums.get(each) ?? 0) + chars);
  for (const { block, home } of kept) add(home, block.text.length);
  for (const each of frames.toReversed()) if (each.parent !== null) add(each.parent, sums.get(each) ?? 0);
  return sums;
}

/** Nothing but sentences. */
export const isPure = (each: FrameNotes): boolean =>
  each.sentences > 0 && each.teasers + each.labels + each.headings + each.controls === 0;

function isTeaserBox(each: FrameNotes): boolean {
  if (each.holdsTitle || each.opensWithTeaser !== true || each.chars > LONGEST_TEASER_CHARS) return false;
  return each.linkedHeadings > 0 || (each.pictures > 0 && each.sentences < 2);
}
