// Work under a common key goes on one after the other, and nothing else waits.
import { createTurns } from '../../../shared/core/turns.ts';

/** Work that notes its start and its end, and ends when told. */
function aWork(name: string, notes: string[]) {
  const end = Promise.withResolvers<void>();
  const work = async (): Promise<string> => {
    notes.push(`${name} begins`);
    await end.promise;
    notes.push(`${name} ends`);
    return name;
  };
  return { work, end: () => end.resolve(), fail: () => end.reject(new Error(`${name} failed`)) };
}

/** All that can go on has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('are taken in the order in which they were asked for, by work with a common key', async () => {
    const notes: string[] = [];
    const inTurn = createTurns();
    const [one, two, three] = [aWork('one', notes), aWork('two', notes), aWork('three', notes)];
    const all = [inTurn(['a', 'b'], one.work), inTurn(['b', 'c'], two.work), inTurn(['c'], three.work)];
    for (const { end } of [three, two]) end();
    await settled();
    expect(notes).toEqual(['one begins']);

    one.end();

    expect(await Promise.all(all)).toEqual(['one', 'two', 'three']);
    expect(notes).toEqual(['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends']);
  });

  it('are not waited for by work without a common key', async () => {
    const notes: string[] = [];
    const inTurn = createTurns();
    const [one, two] = [aWork('one', notes), aWork('two', notes)];
    const both = [inTurn(['a'], one.work), inTurn(['b'], two.work)];

    await settled();

    expect(notes).toEqual(['one begins', 'two begins']);
    for (const { end } of [one, two]) end();
    await Promise.all(both);
  });

  it('go on after work that failed, whose failure is its own', async () => {
    const notes: string[] = [];
    const inTurn = createTurns();
    const [one, two] = [aWork('one', notes), aWork('two', notes)];
    const first = inTurn(['a'], one.work);
    const second = inTurn(['a'], two.work);

    one.fail();
    two.end();

    await expect(first).rejects.toThrow('one failed');
    expect(await second).toBe('two');
  });
});
