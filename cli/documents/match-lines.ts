// Documents in, matches out, one per line: as fast as the engine, in little memory.

import { counted } from '../../shared/core/counted.ts';
import type { TopicMatcher } from '../../shared/matching/topic-matcher.ts';
import { type CommandIo, EXIT } from '../command.ts';
import { oneLine } from '../output.ts';
import { publicPassages } from '../passages.ts';
import { chunksOf } from './documents.ts';
import { documentOf, type Line, linesOf, parseLine } from './json-lines.ts';

/** Characters in one write, because a write costs more than a match. */
const BUFFER_CHARS = 64 * 1024;

/**
 * One line `{ id, topic, version, passages, why, strength, prominence }` per match, in the order of the documents. A line that cannot be read is reported on
 * stderr with its number, and the others are matched. Reads on only after the output so far was taken.
 */
export async function matchLines(matcher: TopicMatcher, where: string, io: CommandIo): Promise<number> {
  const totals = { documents: 0, matches: 0, unreadable: 0 };
  let buffer = '';
  const flush = (): void => {
    if (buffer !== '') io.stdout(buffer);
    buffer = '';
  };
  for await (const lines of linesOf(chunksOf(io, where))) {
    for (const line of lines) {
      const problem = matchLine(line);
      if (problem === null) continue;
      totals.unreadable += 1;
      io.stderr(`line ${line.number}: ${oneLine(problem)}\n`);
    }
    // Another program may send documents one by one and wait for each result.
    flush();
    await io.flush?.();
    if (io.signal.aborted) break;
  }
  const unreadable = totals.unreadable === 0 ? '' : `, ${counted(totals.unreadable, 'line')} could not be read`;
  const matches = counted(totals.matches, 'match', 'matches');
  io.stderr(`${counted(totals.documents, 'document')}, ${matches}${unreadable}\n`);
  return totals.unreadable > 0 || io.signal.aborted ? EXIT.workFailed : EXIT.done;

  /** The problem with the line, or null. */
  function matchLine(line: Line): string | null {
    const parsed = parseLine(line);
    if ('problem' in parsed) return parsed.problem;
    const read = documentOf(parsed.value);
    if ('problem' in read) return read.problem;
    const { matches, skipped } = matcher.matchDetailed(read.document);
    totals.documents += 1;
    totals.matches += matches.length;
    for (const { topicId, topicVersion, passages, ...match } of matches) {
      const { why, strength, prominence } = match;
      const found = { id: read.id, topic: topicId, version: topicVersion, passages: publicPassages(passages), why };
      buffer += `${JSON.stringify({ ...found, strength, prominence })}\n`;
    }
    if (buffer.length > BUFFER_CHARS) flush();
    for (const topic of skipped) io.stderr(`line ${line.number}: not matched: ${topic} takes too many steps here\n`);
    return null;
  }
}
