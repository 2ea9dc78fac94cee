// A stored match in words.
import type { PublishedMatch, QuietReason } from '../../shared/model/match.ts';
import type { CommandIo } from '../command.ts';
import { localMinute } from '../local-time.ts';
import { oneLine } from '../output.ts';
import { passageRows } from '../passages.ts';

/** Before the title of a match that sent no alert. */
const QUIET_MARKS: Readonly<Record<NonNullable<QuietReason>, string>> = {
  first_poll_old: '(first poll) ',
  old: '(old) ',
};

/** It alerts only those who ask for such matches. */
const WEAK_MARK = '(in passing) ';

export const matchesAsText = (found: readonly PublishedMatch[], io: Pick<CommandIo, 'color' | 'zone'>): string =>
  found.map((match) => matchAsText(match, io)).join('\n');

function matchAsText(match: PublishedMatch, { color, zone }: Pick<CommandIo, 'color' | 'zone'>): string {
  const { article, topic, quiet, sources, passages, id, strength } = match;
  const mark = (quiet === null ? '' : QUIET_MARKS[quiet]) + (strength === 'weak' ? WEAK_MARK : '');
  const title = `[${oneLine(topic.title)}] ${mark}${oneLine(article.title)}`;
  const from = sources.map((source) => oneLine(source.title)).join(', ');
  const lines = [
    `${localMinute(article.firstSeenAt, zone)}  ${title} — ${from}`,
    ...passageRows(passages, color),
    `  ${oneLine(article.url)}  ${id}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
