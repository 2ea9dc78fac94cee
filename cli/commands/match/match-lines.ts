// Documents in, matches out, one a line: as fast as the engine, in little memory, whatever the lines hold.
import type { TopicMatcher } from '../../../shared/matching/topic-matcher.ts';
import { type CommandIo, EXIT } from '../../command.ts';
import { chunksOf } from '../../documents.ts';
import { documentOf, type Line, linesOf, parseLine } from '../../json-lines.ts';
import { oneLine } from '../../output.ts';
import { publicPassages } from './shown-matches.ts';

/** Written at once: a write costs more than a match. */
const BUFFER_CHARS = 64 * 1024;

/**
 * One line `{ id, topic, version, passages, why }` per match, in the order of the documents. A line that cannot be read
 * is told on stderr with its number, and costs no other. Reads on only when what was written has been taken.
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
      const fault = matchLine(line);
      if (fault === null) continue;
      totals.unreadable += 1;
      io.stderr(`line ${line.number}: ${oneLine(fault).slice(0, 200)}\n`);
    }
    // Documents may come one by one from another program that waits for the answer.
    flush();
    await io.flush?.();
    if (io.signal.aborted) break;
  }
  const unreadable = totals.unreadable === 0 ? '' : `, ${totals.unreadable} lines could not be read`;
  io.stderr(`${totals.documents} documents, ${totals.matches} matches${unreadable}\n`);
  return totals.unreadable > 0 || io.signal.aborted ? EXIT.workFailed : EXIT.done;

  /** What is wrong with the line, or null. */
  function matchLine(line: Line): string | null {
    const parsed = parseLine(line);
    if ('fault' in parsed) return parsed.fault;
    const read = documentOf(parsed.value);
    if ('fault' in read) return read.fault;
    const { matches, skipped } = matcher.matchDetailed(read.document);
    totals.documents += 1;
    totals.matches += matches.length;
    for (const { topicId, topicVersion, passages, why } of matches) {
      buffer += `${JSON.stringify({ id: read.id, topic: topicId, version: topicVersion, passages: publicPassages(passages), why })}\n`;
    }
    if (buffer.length > BUFFER_CHARS) flush();
    for (const topic of skipped) io.stderr(`line ${line.number}: given up on ${topic}, which costs too much here\n`);
    return null;
  }
}
