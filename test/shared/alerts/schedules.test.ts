// When things are tried again, and which stretch of time a digest covers.

import { parseAddress } from '../../../shared/alerts/address.ts';
import { digestWindow, stormWindow } from '../../../shared/alerts/digest-window.ts';
import { nextTryAt } from '../../../shared/alerts/retry-schedule.ts';
import { later, START } from '../../support/builders.ts';

const seconds = (id: string, attempts: number): number | null => {
  const at = nextTryAt(id, attempts, new Date(START));
  return at === null ? null : (Date.parse(at) - Date.parse(START)) / 1000;
};

/** The times of a newcomer. */
const at7 = (timeZone: string) => ({ at: '07:00', day: 'monday', timeZone }) as const;

describe('the retry schedule', () => {
  it.each([
    [1, 30],
    [2, 300],
    [3, 1_800],
    [4, 7_200],
    [5, 28_800],
    [6, 86_400],
  ])('waits, after try %i, %i seconds and up to a fifth more', (attempts, wait) => {
    for (let id = 0; id < 50; id += 1) {
      expect(seconds(`${id}`, attempts)).toBeGreaterThanOrEqual(wait);
      expect(seconds(`${id}`, attempts)).toBeLessThan(wait * 1.2);
    }
  });

  it('gives up after the seventh try', () => {
    expect(seconds('x', 7)).toBeNull();
  });

  it('spreads deliveries that failed together, the same way each time', () => {
    const waits = Array.from({ length: 50 }, (_, id) => seconds(`${id}`, 3));

    expect(new Set(waits).size).toBeGreaterThan(40);
    expect(waits).toEqual(Array.from({ length: 50 }, (_, id) => seconds(`${id}`, 3)));
  });
});

describe('a digest window', () => {
  it.each([
    ['hourly', 'Europe/Berlin', '2026-11-17T08:59:59.999Z', '2026-11-17T08:00:00.000Z', '2026-11-17T09:00:00.000Z'],
    ['hourly', 'Asia/Kolkata', '2026-11-17T09:00:00.000Z', '2026-11-17T08:30:00.000Z', '2026-11-17T09:30:00.000Z'],
    ['daily', 'UTC', '2026-11-17T06:59:59.999Z', '2026-11-16T07:00:00.000Z', '2026-11-17T07:00:00.000Z'],
    ['daily', 'UTC', '2026-11-17T07:00:00.000Z', '2026-11-17T07:00:00.000Z', '2026-11-18T07:00:00.000Z'],
    ['daily', 'Asia/Seoul', '2026-11-17T21:59:00.000Z', '2026-11-16T22:00:00.000Z', '2026-11-17T22:00:00.000Z'],
    ['daily', 'Pacific/Kiritimati', '2026-11-17T16:59:00.000Z', '2026-11-16T17:00:00.000Z', '2026-11-17T17:00:00.000Z'],
    ['daily', 'Asia/Kathmandu', '2026-11-17T02:00:00.000Z', '2026-11-17T01:15:00.000Z', '2026-11-18T01:15:00.000Z'],
    // The clocks go forward on 29 March and back on 25 October 2026, both before 07:00.
    ['daily', 'Europe/Berlin', '2026-03-28T12:00:00.000Z', '2026-03-28T06:00:00.000Z', '2026-03-29T05:00:00.000Z'],
    ['daily', 'Europe/Berlin', '2026-03-29T00:30:00.000Z', '2026-03-28T06:00:00.000Z', '2026-03-29T05:00:00.000Z'],
    ['daily', 'Europe/Berlin', '2026-10-24T12:00:00.000Z', '2026-10-24T05:00:00.000Z', '2026-10-25T06:00:00.000Z'],
    ['daily', 'Europe/Berlin', '2026-12-31T23:30:00.000Z', '2026-12-31T06:00:00.000Z', '2027-01-01T06:00:00.000Z'],
  ] as const)('%s in %s holds %s from %s to %s', (period, zone, now, start, end) => {
    const window = digestWindow(period, new Date(now), at7(zone));

    expect([window.start.toISOString(), window.end.toISOString()]).toEqual([start, end]);
  });

  it('leaves no instant out and none in two, over a year with two changes of the clocks', () => {
    let window = digestWindow('daily', new Date('2026-01-01T00:00:00.000Z'), at7('America/New_York'));
    for (let day = 0; day < 366; day += 1) {
      const next = digestWindow('daily', window.end, at7('America/New_York'));

      expect(next.start).toEqual(window.end);
      expect(digestWindow('daily', new Date(next.end.getTime() - 1), at7('America/New_York'))).toEqual(next);
      window = next;
    }
  });

  it('of a storm is ten minutes by the clock', () => {
    const window = stormWindow(new Date(later(299_000, '2026-11-17T08:05:00.000Z')));

    expect([window.start.toISOString(), window.end.toISOString()]).toEqual([
      '2026-11-17T08:00:00.000Z',
      '2026-11-17T08:10:00.000Z',
    ]);
  });
});

describe('an e-mail address', () => {
  it.each([
    [' Reader@Example.ORG ', 'Reader@example.org'],
    ['a.b+news@sub.example.org', 'a.b+news@sub.example.org'],
    ['me@bücher.example', 'me@xn--bcher-kva.example'],
    ["o'neil_{x}@example.org", "o'neil_{x}@example.org"],
    ['root@localhost', 'root@localhost'],
  ])('%j is kept as %s', (typed, address) => {
    expect(parseAddress(typed)).toEqual({ ok: true, address });
  });

  it.each([
    ['', 'is missing'],
    ['reader', 'no @'],
    ['@example.org', 'nothing before the @'],
    ['reader@', 'after the @'],
    ['reader@example', 'after the @'],
    ['reader@exa mple.org', 'after the @'],
    ['reader@-example.org', 'after the @'],
    ['reader@127.0.0.1', 'after the @'],
    ['reader@[127.0.0.1]', 'after the @'],
    ['reader@example.org/x', 'after the @'],
    ['reader@example.org:25', 'after the @'],
    ['a@b@example.org', 'before the @'],
    ['.a@example.org', 'before the @'],
    ['a..b@example.org', 'before the @'],
    ['Reader <reader@example.org>', 'before the @'],
    ['a@example.org, b@example.org', 'before the @'],
    ['a@example.org\r\nBcc: b@example.org', 'before the @'],
    ['"a b"@example.org', 'before the @'],
    ['läser@example.org', 'outside ASCII'],
    [`${'a'.repeat(65)}@example.org`, 'before the @'],
    [`a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}`, 'at most 254'],
  ])('%j is refused: %s', (typed, problem) => {
    expect(parseAddress(typed)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });
});
