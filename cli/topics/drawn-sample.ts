// A sample that a seed decides. Each id has a place that depends on the seed and itself alone, and the first ones are drawn: what is
// stored meanwhile can push others out, but does not shuffle them, so that a sample can be judged in several sittings.
import { createHash } from 'node:crypto';

/** `size` of all things, each as likely as any other; in the order of their places. Holds few more than it returns. */
export async function drawSample<T extends { readonly id: string }>(
  pages: AsyncIterable<readonly T[]>,
  { size, seed }: { readonly size: number; readonly seed: number },
): Promise<readonly T[]> {
  let drawn: { readonly place: string; readonly thing: T }[] = [];
  for await (const things of pages) {
    drawn.push(...things.map((thing) => ({ place: placeOf(thing.id, seed), thing })));
    drawn.sort((a, b) => (a.place < b.place ? -1 : 1));
    drawn = drawn.slice(0, size);
  }
  return drawn.map(({ thing }) => thing);
}

const placeOf = (id: string, seed: number): string => createHash('sha256').update(`${seed}\0${id}`).digest('hex');
