// What every chat service says of a story, line by line; each service puts its own markup around it.
import type { ChannelPassage, ChannelStory } from '../model/alert.ts';

export const topicsLine = ({ topics }: ChannelStory): string =>
  topics.map(({ title, severity }) => `${title} (${severity})`).join(' · ');

/** `New: 14 dead, Odesa`; empty for a first report. */
export const newsLine = ({ news }: ChannelStory): string => (news.length === 0 ? '' : `New: ${news.join(', ')}`);

export const sourceLine = ({ source, time, alsoIn }: ChannelStory): string =>
  [source, time, alsoIn ?? ''].filter(Boolean).join(' · ');

/** The passage with its matched words marked. Both functions make foreign text safe for the place where it is shown. */
export function markedPassage(
  { text, marks }: ChannelPassage,
  plain: (text: string) => string,
  mark: (text: string) => string,
): string {
  let done = 0;
  const parts = marks.flatMap(({ start, end }) => {
    const before = plain(text.slice(done, start));
    done = end;
    return [before, mark(text.slice(start, end))];
  });
  return [...parts, plain(text.slice(done))].join('');
}
