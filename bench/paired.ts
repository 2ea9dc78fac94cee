// Two ways to do the same work, measured side by side: the same piece by one and at once by the other, in turn first, so that a
// slow moment of the machine falls on both. In processor time of the whole process, threads included.
import { median } from './report.ts';

export interface Comparison {
  /** Seconds for all pieces, each in its middle round. */
  readonly ourSeconds: number;
  readonly theirSeconds: number;
  /** Speed of ours as a share of theirs. */
  readonly ratio: number;
}

export type Work<Piece> = (piece: Piece) => unknown;

export async function measurePaired<Piece>(
  pieces: readonly Piece[],
  { ours, theirs }: { readonly ours: Work<Piece>; readonly theirs: Work<Piece> },
  { rounds, warmUps }: { readonly rounds: number; readonly warmUps: number },
): Promise<Comparison> {
  const times = pieces.map(() => ({ ours: [] as number[], theirs: [] as number[] }));
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const [index, piece] of pieces.entries()) {
      const oursFirst = (round + index) % 2 === 0;
      const before = oursFirst ? await timeOf(ours, piece) : 0;
      const middle = await timeOf(theirs, piece);
      const after = oursFirst ? before : await timeOf(ours, piece);
      if (round < 0) continue;
      times[index]?.ours.push(after);
      times[index]?.theirs.push(middle);
    }
  }
  const seconds = (whose: 'ours' | 'theirs'): number =>
    times.reduce((sum, each) => sum + median(each[whose]), 0) / 1000;
  const [ourSeconds, theirSeconds] = [seconds('ours'), seconds('theirs')];
  return { ourSeconds, theirSeconds, ratio: theirSeconds / ourSeconds };
}

async function timeOf<Piece>(work: Work<Piece>, piece: Piece): Promise<number> {
  const begun = process.cpuUsage();
  await work(piece);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
