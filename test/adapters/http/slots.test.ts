import { createSlots } from '../../../adapters/http/slots.ts';

const AT_ONCE = 0;
const LONG = 60_000;

describe('slots', () => {
  it.each([1, 2, 3])('are as many as there are: %i', async (size) => {
    const slots = createSlots(size);

    const taken = [];
    for (let n = 0; n <= size; n += 1) taken.push(await slots.take(AT_ONCE));

    expect(taken.map((giveBack) => giveBack !== null)).toEqual([...Array(size).fill(true), false]);
  });

  it('are given in the order of asking, one for each that is given back', async () => {
    const slots = createSlots(1);
    const order: string[] = [];
    const first = await slots.take(AT_ONCE);
    const later = ['second', 'third'].map((name) =>
      slots.within(LONG, async () => {
        order.push(name);
        await Promise.resolve();
        order.push(`${name} ends`);
        return name;
      }),
    );

    first?.();

    expect(await Promise.all(later)).toEqual([{ result: 'second' }, { result: 'third' }]);
    expect(order).toEqual(['second', 'second ends', 'third', 'third ends']);
  });

  it('that nobody waits for any more are free for the next', async () => {
    const slots = createSlots(1);
    const first = await slots.take(AT_ONCE);
    const missed = await slots.within(AT_ONCE, async () => 'never');

    first?.();

    expect(missed).toBeNull();
    expect(await slots.within(AT_ONCE, async () => 'next')).toEqual({ result: 'next' });
  });

  it('are given back by work that fails', async () => {
    const slots = createSlots(1);

    await expect(slots.within(AT_ONCE, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await slots.within(AT_ONCE, async () => 'next')).toEqual({ result: 'next' });
  });
});
