// Two ways to do the same work, measured side by side: the same piece by one and at once by the other, in turn first, so that a
// slow moment of the machine falls on both. In processor time of the whole process, threads included.
import { median } from './report.ts';

export interface Pass {
  /** Milliseconds. */
  readonly ours: number;
  readonly theirs: number;
}

export type Work<Piece> = (piece: Piece) => unknown;

/** One pass for each round, after passes to warm up. */
export async function measurePaired<Piece>(
  pieces: readonly Piece[],
  { ours, theirs }: { readonly ours: Work<Piece>; readonly theirs: Work<Piece> },
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): Promise<readonly Pass[]> {
  const passes: Pass[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    const sums = { ours: 0, theirs: 0 };
    for (const [index, piece] of pieces.entries()) {
      const oursFirst = (round + index) % 2 === 0;
      if (oursFirst) sums.ours += await timeOf(ours, piece);
      sums.theirs += await timeOf(theirs, piece);
      if (!oursFirst) sums.ours += await timeOf(ours, piece);
    }
    if (round >= 0) passes.push(sums);
  }
  return passes;
}

async function timeOf<Piece>(work: Work<Piece>, piece: Piece): Promise<number> {
  const begun = process.cpuUsage();
  await work(piece);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** Speed of ours as a share of theirs, in the middle pass. */
export const speedRatio = (passes: readonly Pass[]): number => median(passes.map(({ ours, theirs }) => theirs / ours));
export const medianSeconds = (passes: readonly Pass[], which: keyof Pass): number =>
  median(passes.map((pass) => pass[which])) / 1000;
