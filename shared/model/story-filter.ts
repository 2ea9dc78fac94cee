// Whether a story fits a filter of matches.
import type { MatchFilter } from './match.ts';
import { folded, isFromSource, isInLanguage } from './match-filter.ts';
import type { Story } from './story.ts';

/** `filter` is in normal form. */
export function storyFits(story: Story, filter: MatchFilter): boolean {
  const { topic, feedId, since, until, source, language, text } = filter;
  return (
    (topic === undefined || story.topics.includes(topic)) &&
    (feedId === undefined || story.sources.some((one) => one.feedId === feedId)) &&
    (since === undefined || story.lastSeenAt >= since) &&
    (until === undefined || story.lastSeenAt < until) &&
    (source === undefined || isFromSource(story.sources, source)) &&
    (language === undefined || isInLanguage(story.language, language)) &&
    (text === undefined || [story.title, story.latestTitle].some((title) => folded(title).includes(folded(text))))
  );
}
