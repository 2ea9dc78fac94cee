import { matchesAsText } from '../../../cli/matches/shown-match.ts';
import { publishedMatch } from '../../../shared/model/match.ts';
import { aMatch } from '../../support/builders.ts';
import { zoneOf } from '../../support/time-zone.ts';

const IO = { color: false, zone: zoneOf('UTC') };
const shown = (...changes: readonly Parameters<typeof aMatch>[1][]): string =>
  matchesAsText(
    changes.map((change) => publishedMatch(aMatch({}, change), null)),
    IO,
  );

describe('matches in words', () => {
  it('have the time, the topic, the headline and every source, then the passage, then address and id', () => {
    const [source] = aMatch().sources;
    const lines = shown({ sources: [source!, { ...source!, title: 'Other\nnews' }] }).split('\n');

    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(
          `^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC {2}\\[River crossings\\] Convoy crosses the river — ${source!.title}, Other news$`,
        ),
      ),
      expect.stringContaining('A *convoy* of forty trucks crossed the *river* at dawn.'),
      `  https://news.example.org/2026/11/17/convoy?utm_source=feed  ${aMatch().id}`,
      '',
    ]);
  });

  it('are divided by empty lines; none are nothing', () => {
    expect(
      shown({}, {})
        .split('\n')
        .map((line) => line === ''),
    ).toEqual([false, false, false, true, false, false, false, true]);
    expect(shown()).toBe('');
  });

  it.each([
    [null, '] Convoy'],
    ['first_poll_old', '] (first poll) Convoy'],
    ['old', '] (old) Convoy'],
  ] as const)('that sent no alert are marked: %s', (quiet, mark) => {
    expect(shown({ quiet })).toContain(mark);
  });
});
