// `tocsin stories --jsonl FILE|-`: documents in, the story of each out, one per line: so that grouping can be tried out on any material.
import { counted } from '../../../shared/core/counted.ts';
import { MemoryStoryIndex } from '../../../shared/stories/memory-story-index.ts';
import { learnFrom, placeDocument, type StoryParts } from '../../../shared/stories/place-document.ts';
import { DocumentReader, type StoryDocument } from '../../../shared/stories/read-document.ts';
import { WordStatistics } from '../../../shared/stories/word-statistics.ts';
import { resolveLanguage } from '../../../shared/text/language.ts';
import { parseArguments } from '../../arguments.ts';
import { type Command, type CommandIo, EXIT } from '../../command.ts';
import { chunksOf } from '../../documents/documents.ts';
import {
  documentOf,
  type IdentifiedDocument,
  type Line,
  linesOf,
  NO_TIME,
  parseLine,
} from '../../documents/json-lines.ts';
import { oneLine } from '../../output.ts';
import { CLUSTER_USAGE } from '../../stories/cluster-usage.ts';

const OPTIONS = { jsonl: { type: 'boolean' } } as const;
/** Written at once: a write costs more than a line. */
const BUFFER_CHARS = 64 * 1024;
/** Documents of the context that are remembered, so that one given again is not counted again. */
const MOST_CONTEXT_IDS = 200_000;

export const run: Command = async (args, io) => {
  const { positionals } = parseArguments(args, OPTIONS, CLUSTER_USAGE, { min: 1, max: 1 });
  return new StoryLines(io).run(positionals[0]!);
};

interface Totals {
  documents: number;
  context: number;
  unreadable: number;
}

/** A document of a line, and what the line says besides. */
interface StoryLine extends IdentifiedDocument {
  readonly publishedAtMs: number | null;
  readonly isContext: boolean;
}

class StoryLines {
  readonly #io: CommandIo;
  readonly #parts: StoryParts = {
    reader: new DocumentReader(),
    statistics: new WordStatistics(),
    index: new MemoryStoryIndex(),
  };
  readonly #totals: Totals = { documents: 0, context: 0, unreadable: 0 };
  readonly #stories = new Set<string>();
  readonly #contextIds = new Set<string>();
  #lastMs = 0;
  #buffer = '';

  constructor(io: CommandIo) {
    this.#io = io;
  }

  /** Reads on only when what was written has been taken. */
  async run(where: string): Promise<number> {
    const { stderr, flush, signal } = this.#io;
    for await (const lines of linesOf(chunksOf(this.#io, where))) {
      for (const line of lines) {
        const problem = await this.#place(line);
        if (problem === null) continue;
        this.#totals.unreadable += 1;
        stderr(`line ${line.number}: ${oneLine(problem)}\n`);
      }
      // Documents may come one by one from another program that waits for the answer.
      this.#flush();
      await flush?.();
      if (signal.aborted) break;
    }
    const { documents, context, unreadable } = this.#totals;
    const besides = context === 0 ? '' : `, ${context} for the word statistics only`;
    const failed = unreadable === 0 ? '' : `, ${counted(unreadable, 'line')} could not be read`;
    const { size } = this.#stories;
    stderr(`${counted(documents, 'document')} in ${counted(size, 'story', 'stories')}${besides}${failed}\n`);
    return unreadable > 0 || signal.aborted ? EXIT.workFailed : EXIT.done;
  }

  /** What is wrong with the line, or null. */
  async #place(line: Line): Promise<string | null> {
    const parsed = parseLine(line);
    if ('problem' in parsed) return parsed.problem;
    const read = storyLineOf(parsed.value);
    if ('problem' in read) return read.problem;
    const document = this.#storyDocumentOf(read);
    if (read.isContext) {
      this.#totals.context += 1;
      this.#learn(document);
      return null;
    }
    const { story, kind, reason } = await placeDocument(document, this.#parts);
    this.#totals.documents += 1;
    this.#stories.add(story);
    this.#buffer += `${JSON.stringify({ id: read.id, story, kind, reason })}\n`;
    if (this.#buffer.length > BUFFER_CHARS) this.#flush();
    return null;
  }

  #learn(document: StoryDocument): void {
    if (this.#contextIds.has(document.id)) return;
    if (this.#contextIds.size >= MOST_CONTEXT_IDS) this.#contextIds.clear();
    this.#contextIds.add(document.id);
    learnFrom(document, this.#parts);
  }

  /** A document without a time came when the one before it did. */
  #storyDocumentOf({ id, document: { title, text, language }, publishedAtMs }: StoryLine): StoryDocument {
    if (publishedAtMs !== null) this.#lastMs = publishedAtMs;
    return {
      id: typeof id === 'string' ? id : `#${id}`,
      title,
      text,
      language: resolveLanguage(language, `${title}\n${text}`),
      timeMs: publishedAtMs ?? this.#lastMs,
      isTimeKnown: publishedAtMs !== null,
    };
  }

  #flush(): void {
    if (this.#buffer !== '') this.#io.stdout(this.#buffer);
    this.#buffer = '';
  }
}

function storyLineOf(value: unknown): StoryLine | { readonly problem: string } {
  const read = documentOf(value);
  if ('problem' in read) return read;
  const { publishedAt, context } = read.keys;
  if (context !== undefined && context !== null && typeof context !== 'boolean')
    return { problem: 'context must be true or false' };
  const publishedAtMs = publishedAt === undefined || publishedAt === null ? null : timeOf(publishedAt);
  if (Number.isNaN(publishedAtMs)) return { problem: NO_TIME };
  return { ...read, publishedAtMs, isContext: context === true };
}

/** NaN for what is no time. */
const timeOf = (value: unknown): number =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
