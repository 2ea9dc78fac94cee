// Waiting for what will happen, and watching memory meanwhile.

/** Resolves as soon as the condition holds; the test's own time limit is the only other end. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** How far the process's resident memory rose above its start while the work ran, sampled often. */
export async function peakMemoryGrowth<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly grownBytes: number }> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 2);
  try {
    const result = await work();
    look();
    return { result, grownBytes: peak - before };
  } finally {
    clearInterval(timer);
  }
}
