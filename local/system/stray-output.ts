// What Node and libraries say on their own belongs to the whole process, not to one instance: the command catches it and publishes it on a
// channel, and an instance that has a log writes it there. Output that comes before an instance listens is dropped.
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Log } from '../../shared/ports.ts';

const CHANNEL = 'tocsin.stray-output';

export const publishStray = (text: string): void => channel(CHANNEL).publish(text);

/** Each text becomes a warning of this log until the returned function is called. */
export function logStrayOutput(log: Pick<Log, 'warn'>): () => void {
  const take = (text: unknown): void => log.warn(String(text));
  subscribe(CHANNEL, take);
  return () => void unsubscribe(CHANNEL, take);
}
