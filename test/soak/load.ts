// What goes on beside every fault: news is published, feeds are polled, memory is measured.
import { type Product, residentMiB } from './product.ts';
import type { Publishers } from './publishers.ts';

const PUBLISH_EVERY_MS = 1_500;
const POLL_EVERY_MS = 8_000;
const MEASURE_EVERY_MS = 1_000;

export interface Load {
  /** Of Tocsin and its database together; 0 where the machine does not tell. */
  peakMiB(): number;
  stopPublishing(): void;
  stop(): void;
}

export function startLoad(product: Product, publishers: Publishers): Load {
  let peakMiB = 0;
  const publishing = setInterval(() => publishers.publish(), PUBLISH_EVERY_MS);
  // While it does not run or answer, there is nothing to ask for.
  const polling = setInterval(() => void pollAll(product).catch(() => {}), POLL_EVERY_MS);
  const measuring = setInterval(() => {
    peakMiB = Math.max(peakMiB, residentMiB(product.processes()));
  }, MEASURE_EVERY_MS);
  return {
    peakMiB: () => peakMiB,
    stopPublishing: () => clearInterval(publishing),
    stop: () => {
      for (const timer of [publishing, polling, measuring]) clearInterval(timer);
    },
  };
}

export async function pollAll(product: Product): Promise<void> {
  const feeds = await product.list<{ readonly id: string }>('/v1/feeds');
  for (const { id } of feeds) await product.api('POST', `/v1/feeds/${id}/poll`);
}
