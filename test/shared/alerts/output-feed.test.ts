// How large an output may become; what is in it: test/shared/api/output-feeds.test.ts.
import { composeOutput } from '../../../shared/alerts/output-feed.ts';
import type { Match } from '../../../shared/model/match.ts';
import { aMatch } from '../../support/builders.ts';
import { anOutput } from '../../support/output-world.ts';

/** Lambda answers with at most 6 MB. */
const MOST_BYTES = 6_000_000;

/** Signs that need eight bytes in Atom, in all fields; all passages stand apart. */
function ofSigns(nth: number): Match {
  const { article, sources } = aMatch();
  const start = nth * 2_000;
  return aMatch(
    { topicId: `topic-${nth}` },
    {
      topic: { id: '<'.repeat(200), version: '1', title: '<'.repeat(500), severity: 'high' },
      article: { ...article, title: '<'.repeat(1_000) },
      sources: sources.map((source) => ({ ...source, title: '<'.repeat(500) })),
      passages: [
        {
          text: '<'.repeat(1_500),
          field: 'body',
          origin: 'feed',
          start,
          end: start + 1_500,
          highlights: Array.from({ length: 100 }, (_, at) => [start + at * 10, start + at * 10 + 3] as const),
        },
      ],
      why: `en: ${'<'.repeat(900)}`,
    },
  );
}

it.each(['atom', 'json'] as const)('a hundred articles of nothing but signs fit into one answer as %s', (form) => {
  const entry = [ofSigns(0), ...Array.from({ length: 27 }, (_, nth) => ofSigns(nth + 1))] as const;
  const entries = Array.from({ length: 100 }, () => entry);

  const { text } = composeOutput({ output: anOutput(), entries, address: 'https://example.org/f/x' }, form);

  expect(Buffer.byteLength(text)).toBeGreaterThan(1_000_000);
  expect(Buffer.byteLength(JSON.stringify(text))).toBeLessThan(MOST_BYTES);
});
