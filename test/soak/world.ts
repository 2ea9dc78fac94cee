// What the faults act on: the product, the world around it, chance, and the list of what went wrong.
import type { Random } from '../support/seeded.ts';
import type { MailSink } from './mail-sink.ts';
import type { NameServer } from './name-server.ts';
import type { Product } from './product.ts';
import type { Publishers } from './publishers.ts';

export interface World {
  readonly product: Product;
  readonly publishers: Publishers;
  readonly sink: MailSink;
  readonly names: NameServer;
  readonly random: Random;
  /** Kills in one series. */
  readonly kills: number;
  /** The clock was ahead once: the schedule's mark may lie in the future. */
  wasAhead: boolean;
  /** Lets time pass while items are published and feeds are polled. */
  pass(ms: number): Promise<void>;
  /** False when the condition does not hold within that time. */
  untilWithin(ms: number, condition: () => boolean | Promise<boolean>): Promise<boolean>;
  /** SIGTERM; the product must end in time and without an error. */
  stopInOrder(): Promise<void>;
  /** Details of the present fault, for a person watching the run. */
  note(text: string): void;
  /** Something that must not happen. */
  readonly problem: (what: string, detail: string) => void;
}
