import { takePlaces } from '../../../shared/alerts/send-pace.ts';

const NOW = 1_000_000;
const DAY_MS = 86_400_000;

describe('places in a row', () => {
  it('begin now where nothing was sent', () => {
    expect(takePlaces(null, 3, { perSecond: 2, burst: 1 }, NOW)).toEqual({ firstAt: NOW, emptyAt: NOW + 1_500 });
  });

  it('begin behind those that were taken', () => {
    expect(takePlaces(NOW + 700, 2, { perSecond: 10, burst: 1 }, NOW)).toEqual({
      firstAt: NOW + 700,
      emptyAt: NOW + 900,
    });
  });

  it('begin now where the row has been empty for a while', () => {
    expect(takePlaces(NOW - 60_000, 1, { perSecond: 1, burst: 1 }, NOW)).toEqual({
      firstAt: NOW,
      emptyAt: NOW + 1_000,
    });
  });

  it('may be taken at once as often as the burst says, and then at the pace', () => {
    const pace = { perSecond: 1, burst: 3 };
    let emptyAt: number | null = null;
    const first: number[] = [];
    for (let taken = 0; taken < 5; taken += 1) {
      const place = takePlaces(emptyAt, 1, pace, NOW);
      emptyAt = place.emptyAt;
      first.push(Math.max(0, place.firstAt - NOW));
    }

    expect(first).toEqual([0, 0, 0, 1_000, 2_000]);
  });

  it('do not wait for a row that a wrong clock has filled', () => {
    const pace = { perSecond: 1, burst: 1 };

    expect(takePlaces(NOW + DAY_MS, 1, pace, NOW).firstAt).toBe(NOW + DAY_MS);
    expect(takePlaces(NOW + DAY_MS + 1, 1, pace, NOW).firstAt).toBe(NOW);
  });
});
