// A host that asks for a pause silences all its feeds; only the one that was answered so counts it as a failure of its own.
import { FetchFailedError } from '../../../shared/core/errors.ts';
import { afterFailure } from '../../../shared/feeds/poll-state.ts';
import { defaultSettings } from '../../../shared/model/settings.ts';
import { aFeed } from '../../support/builders.ts';

const now = new Date('2026-01-05T10:00:00Z');
const minutesLater = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();

const answered = new FetchFailedError('throttled', 'https://example.org/a.xml', 'answered 429', {
  status: 429,
  retryAfterSeconds: 1_200,
});
const silenced = new FetchFailedError('throttled', 'https://example.org/b.xml', 'the host asked for a pause', {
  retryAfterSeconds: 1_200,
});

describe('when a host asks for a pause', () => {
  it('its other feeds are asked again as soon as it ends, an interval before the one that was refused', () => {
    const refused = afterFailure(aFeed(), answered, null, now, defaultSettings);
    const other = afterFailure(aFeed(), silenced, null, now, defaultSettings);

    expect(other.notBefore).toBe(minutesLater(20));
    expect(refused.notBefore).toBe(minutesLater(25));
  });

  it('their waits do not grow, however often it asks', () => {
    const once = afterFailure(aFeed(), silenced, null, now, defaultSettings);
    const again = afterFailure({ ...aFeed(), state: once }, silenced, null, now, defaultSettings);

    expect(again.notBefore).toBe(minutesLater(20));
    expect(again.failure.count).toBe(1);
  });

  it('the refused feed waits longer each time', () => {
    const waits = Array.from({ length: 6 }).reduce<{ state: ReturnType<typeof afterFailure>; at: string[] }>(
      ({ state, at }) => {
        const next = afterFailure({ ...aFeed(), state }, answered, null, now, defaultSettings);
        return { state: next, at: [...at, next.notBefore ?? ''] };
      },
      { state: afterFailure(aFeed(), answered, null, now, defaultSettings), at: [] },
    );

    expect(waits.at.at(-1)?.localeCompare(minutesLater(300))).toBe(1);
  });
});
