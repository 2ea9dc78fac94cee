// Which frames of a topic are there in which language, and how well each language is tested.
import { isIn, type TopicTest } from '../../shared/packs/pack-tests.ts';
import type { FrameRow } from '../../shared/packs/parse-pack.ts';
import { table } from '../output.ts';

/** One table per topic with frames; empty where there is none. A gap, `-`: the language lacks words for a part of the frame. */
export function frameMatrix(rows: readonly FrameRow[], tests: readonly TopicTest[]): string {
  return [...Map.groupBy(rows, ({ topic }) => topic)]
    .map(([topic, frames]) =>
      matrixOf(
        topic,
        frames,
        tests.filter(({ topicId }) => topicId === topic),
      ),
    )
    .map((text) => `\n${text}`)
    .join('');
}

function matrixOf(topic: string, frames: readonly FrameRow[], tests: readonly TopicTest[]): string {
  const languages = [...new Set(frames.flatMap(({ expressions }) => Object.keys(expressions)))].sort();
  const lines = [
    ...frames.map(({ frame, expressions }) => ({
      name: frame,
      cell: (language: string) => String((expressions[language] ?? 0) || '-'),
    })),
    { name: 'tests: match', cell: countOf('match', tests) },
    { name: 'tests: no', cell: countOf('no', tests) },
  ];
  return table(lines, [
    { title: topic, value: ({ name }) => name },
    ...languages.map((language) => ({
      title: language,
      value: ({ cell }: (typeof lines)[number]) => cell(language),
    })),
  ]);
}

const countOf = (expected: TopicTest['expect'], tests: readonly TopicTest[]) => (language: string) =>
  String(tests.filter((test) => test.expect === expected && isIn(test, language)).length || '-');
