// One run: start, fault after fault with a look at the books after each, and the last account.
import { setTimeout } from 'node:timers/promises';
import { below, type Random, seeded } from '../support/seeded.ts';
import { settle, storedMatches } from './account.ts';
import { FAULTS, type Fault, type FaultName, type Means } from './faults.ts';
import { missingMatches } from './ledger.ts';
import { type Load, pollAll, startLoad } from './load.ts';
import { startMailSink } from './mail-sink.ts';
import { startNameServer } from './name-server.ts';
import { askDoctor, canLimitFiles, type Diagnosis, makeProduct } from './product.ts';
import { addressOfName, startPublishers } from './publishers.ts';
import { makeSubscriptions, mountDisk, unmountDisk, writeConfiguration } from './setting.ts';
import type { World } from './world.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly feeds: number;
  readonly seed: number;
  /** Injected in random order, again and again until the time is over. */
  readonly faults: readonly FaultName[];
  /** Kills in one series. */
  readonly kills: number;
  /** Leaves the folder for a look. */
  readonly keep: boolean;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const SECOND_MS = 1_000;
/** A look at all matches is work for the product too. */
const LOOK_EVERY_MS = 2_000;
/** After a fault has ended, everything must be stored and `doctor` content within this. */
const RECOVERED_WITHIN_MS = 120_000;
/** A page that failed twice is tried again five minutes later. */
const PAGES_READ_WITHIN_MS = 330_000;
/** Feeds that a fault does not concern are read within this. */
const READ_WITHIN_MS = 40_000;
/** A command must answer, and an orderly stop end, within this. */
const COMMAND_WITHIN_MS = 75_000;
const STOPPED_WITHIN_MS = 20_000;
/** Tocsin and its database together. */
const MOST_RESIDENT_MIB = 400;
/** Up to this long, each fault lasts as short as it may. */
const SHORT_MINUTES = 5;
/** No fault is begun later than this before the end: it lasts, is recovered from, and the last account follows. */
const LAST_FAULT_MS = 45 * SECOND_MS;

/** True when nothing was wrong. */
export async function soak(options: SoakOptions): Promise<boolean> {
  const random = seeded(options.seed);
  const [publishers, sink, names] = await Promise.all([
    startPublishers(options.feeds, random),
    startMailSink(),
    startNameServer(addressOfName),
  ]);
  const product = makeProduct(names.address, {
    TOCSIN_ALLOW_HOSTS: publishers.pairs.join(','),
    TOCSIN_SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
  });
  const hasOwnDisk = mountDisk(product.data);
  const means: Means[] = [
    ...(hasOwnDisk ? (['disk'] as const) : []),
    ...(canLimitFiles() ? (['prlimit'] as const) : []),
  ];
  const world = new Soak({ product, publishers, sink, names, random, kills: options.kills }, options);
  try {
    return await world.run(options, means);
  } finally {
    await product.stopAll();
    if (options.keep) options.say(`kept: ${product.place.folder}`);
    else {
      if (hasOwnDisk) unmountDisk(product.data);
      await product.remove();
    }
    publishers.close();
    await names.close();
    await sink.close();
  }
}

type Parts = Pick<World, 'product' | 'publishers' | 'sink' | 'names' | 'random' | 'kills'>;

class Soak implements World {
  readonly product: Parts['product'];
  readonly publishers: Parts['publishers'];
  readonly sink: Parts['sink'];
  readonly names: Parts['names'];
  readonly random: Random;
  readonly kills: number;
  readonly #say: (line: string) => void;
  readonly #signal: AbortSignal;
  wasAhead = false;
  #step = 'start';
  #problems = 0;

  constructor(parts: Parts, { say, signal }: Pick<SoakOptions, 'say' | 'signal'>) {
    this.product = parts.product;
    this.publishers = parts.publishers;
    this.sink = parts.sink;
    this.names = parts.names;
    this.random = parts.random;
    this.kills = parts.kills;
    this.#say = say;
    this.#signal = signal;
  }

  async run(options: SoakOptions, means: readonly Means[]): Promise<boolean> {
    const { minutes, seed, feeds, signal } = options;
    const faults = options.faults.filter((name) => isPossible(FAULTS[name], means));
    const leftOut = options.faults.filter((name) => !faults.includes(name));
    const note = leftOut.length === 0 ? '' : `; not possible here: ${leftOut.join(', ')}`;
    this.#say(`seed ${seed}, ${feeds} feeds, ${minutes} minutes${note}`);
    await this.#begin();
    const load = startLoad(this.product, this.publishers);
    try {
      const count = await this.#bringAboutAll(faults, options);
      load.stopPublishing();
      this.#step = 'end';
      await this.#recover({ mayEnd: false, pagesFailed: false });
      return await this.#conclude(load, `seed ${seed}, ${count} faults`);
    } catch (error) {
      if (!signal.aborted) throw error;
      this.#say('broken off');
      return false;
    } finally {
      load.stop();
    }
  }

  async #conclude(load: Load, about: string): Promise<boolean> {
    const { items, alerts, repeats, filesMiB } = await settle(this);
    const peakMiB = load.peakMiB();
    if (peakMiB > MOST_RESIDENT_MIB) this.problem('memory', `${peakMiB} MiB, more than ${MOST_RESIDENT_MIB}`);
    const counts = `${items} items, ${alerts} alerts, ${repeats} repeats under the same id`;
    const sizes = `at most ${peakMiB} MiB of memory, ${filesMiB} MiB of files`;
    const isPassed = this.#problems === 0;
    this.#say(`${isPassed ? 'passed' : `FAILED with ${this.#problems} problems`}: ${about}, ${counts}, ${sizes}`);
    return isPassed;
  }

  /** Feeds are read once while they are empty, so that all that follows is news. */
  async #begin(): Promise<void> {
    writeConfiguration(this.product.place, this.publishers);
    await this.product.start();
    await makeSubscriptions(this.product);
    const mayBeUnread = this.publishers.feeds.filter(({ isHostile }) => isHostile).length;
    const isRead = async (): Promise<boolean> => {
      const { feeds } = await this.product.api<{ feeds: { neverPolled: number } }>('GET', '/v1/status');
      return feeds.neverPolled <= mayBeUnread;
    };
    if (!(await this.untilWithin(RECOVERED_WITHIN_MS, isRead)))
      this.problem('polls', 'the feeds were not read in time');
  }

  // -------------------------------------------------------------- faults

  /** How many. */
  async #bringAboutAll(faults: readonly FaultName[], { minutes }: SoakOptions): Promise<number> {
    const begunAt = performance.now();
    const endsAt = begunAt + minutes * 60 * SECOND_MS;
    let count = 0;
    for (const name of inTurn(faults, this.random)) {
      if (performance.now() > endsAt - LAST_FAULT_MS) break;
      this.#step = name;
      const atMs = performance.now() - begunAt;
      const recoveredMs = await this.#bringAbout(FAULTS[name], minutes <= SHORT_MINUTES);
      this.#say(`at ${inSeconds(atMs)} ${this.#step}: recovered within ${inSeconds(recoveredMs)}`);
      count += 1;
    }
    return count;
  }

  /** Milliseconds from the end of the fault until all was well again. */
  async #bringAbout(fault: Fault, isShort: boolean): Promise<number> {
    const [least, most] = fault.lasts;
    const end = await fault.begin(this);
    await this.pass((isShort ? least : least + below(this.random, most - least + 1)) * SECOND_MS);
    if (fault.reads !== undefined) await this.#readDuring(fault.reads);
    if (fault.doctor !== 'nothing') await this.#lookDuring(fault);
    await end();
    return this.#recover({ mayEnd: fault.mayEnd === true, pagesFailed: fault.pagesFail === true });
  }

  async #readDuring(reads: NonNullable<Fault['reads']>): Promise<void> {
    const expected = this.publishers.expected(reads);
    let missing: readonly string[] = [];
    const isRead = await this.untilWithin(READ_WITHIN_MS, async () => {
      missing = missingMatches({ expected, stored: await storedMatches(this.product).catch(() => []) });
      return missing.length === 0;
    });
    if (!isRead)
      this.problem('not read while it lasts', `${missing.length} matches: ${missing.slice(0, 5).join(', ')}`);
  }

  async #lookDuring(fault: Fault): Promise<void> {
    let diagnosis: Diagnosis | null = null;
    const isTrue = await this.untilWithin(COMMAND_WITHIN_MS, async () => {
      diagnosis = await this.#askDoctor();
      return diagnosis !== null && (fault.doctor === 'anything' || !diagnosis.well);
    });
    if (isTrue) return;
    if (diagnosis === null) this.problem('doctor', `no answer within ${inSeconds(COMMAND_WITHIN_MS)}`);
    else this.problem('doctor', 'it says that all is well while it is not');
  }

  async #recover({
    mayEnd,
    pagesFailed,
  }: {
    readonly mayEnd: boolean;
    readonly pagesFailed: boolean;
  }): Promise<number> {
    const { product, publishers } = this;
    const from = performance.now();
    const published = publishers.expected();
    let missing: readonly string[] = [];
    let problems = '';
    const isWell = async (): Promise<boolean> => {
      if (product.running?.isOver() !== false) await this.#startAgain(mayEnd);
      await pollAll(product).catch(() => {});
      missing = missingMatches({ expected: published, stored: await storedMatches(product).catch(() => []) });
      if (missing.length > 0) return false;
      problems = this.#problemsIn(await this.#askDoctor());
      return problems === '';
    };
    let isRecovered = await this.untilWithin(RECOVERED_WITHIN_MS, isWell);
    if (!isRecovered && pagesFailed && onPagesOnly(missing, publishers))
      isRecovered = await this.untilWithin(PAGES_READ_WITHIN_MS, isWell);
    if (missing.length === 0) publishers.mayDrop(published);
    else {
      const some = missing.slice(0, 5).join(', ');
      this.problem('not stored in time', `${missing.length} matches of ${published.length} items: ${some}`);
    }
    if (!isRecovered && missing.length === 0) this.problem('doctor', `not content in time: ${problems}`);
    return performance.now() - from;
  }

  /** As systemd would. */
  async #startAgain(mayEnd: boolean): Promise<void> {
    const said = this.product.running?.said().trim().slice(-300) ?? '';
    const code = await this.product.end('SIGKILL');
    if (said !== '' && !mayEnd) this.problem('it ended by itself', `with ${code}: ${said}`);
    await this.product.start();
  }

  #askDoctor = (): Promise<Diagnosis | null> =>
    Promise.race([askDoctor(this.product), this.pass(COMMAND_WITHIN_MS).then(() => null)]);

  /** Empty when all is well, except for what is rightly reported for longer. */
  #problemsIn(diagnosis: Diagnosis | null): string {
    if (diagnosis === null) return 'no answer';
    const { wasAhead } = this;
    return diagnosis.problems
      .filter(({ what, says }) => !isToldForLonger(what, says, wasAhead))
      .map(({ what, says }) => `${what}: ${says}`)
      .join('; ');
  }

  // -------------------------------------------------------------- for the faults

  async pass(ms: number): Promise<void> {
    await setTimeout(ms, undefined, { signal: this.#signal });
  }

  async untilWithin(ms: number, condition: () => boolean | Promise<boolean>): Promise<boolean> {
    const end = performance.now() + ms;
    for (;;) {
      if (await condition()) return true;
      if (performance.now() > end) return false;
      await this.pass(LOOK_EVERY_MS);
    }
  }

  async stopInOrder(): Promise<void> {
    const from = performance.now();
    const code = await this.product.end('SIGTERM');
    const tookMs = performance.now() - from;
    if (code !== 0) this.problem('an orderly stop', `ended with ${code}`);
    if (tookMs > STOPPED_WITHIN_MS) this.problem('an orderly stop', `took ${inSeconds(tookMs)}`);
    const left = this.product.processes();
    if (left.length > 0) this.problem('an orderly stop', `left the processes ${left.join(', ')}`);
  }

  note(text: string): void {
    this.#step += ` (${text})`;
  }

  problem = (what: string, detail: string): void => {
    this.#problems += 1;
    this.#say(`PROBLEM at ${this.#step}: ${what}: ${detail}`);
  };
}

const inSeconds = (ms: number): string => `${Math.ceil(ms / SECOND_MS)} s`;

/** The mark of a fast clock, a database that is not known to be stable yet, the wait for another try. */
const isToldForLonger = (what: string, says: string, wasAhead: boolean): boolean =>
  (wasAhead && what === 'schedule' && says.includes('future')) ||
  (what === 'database' && says.startsWith('crashed')) ||
  (what === 'deliveries' && says.includes('being retried'));

/** Whether all of these matches (`ITEM TOPIC`) are of items that are read at their pages. */
const onPagesOnly = (missing: readonly string[], publishers: World['publishers']): boolean => {
  const pages = new Set(publishers.expected(({ hasPages }) => hasPages).map(({ id }) => id));
  return missing.length > 0 && missing.every((match) => pages.has(match.split(' ')[0] ?? ''));
};

const isPossible = ({ needs }: Fault, means: readonly Means[]): boolean => needs === undefined || means.includes(needs);

/** In random order, each once before any comes again. */
function* inTurn(names: readonly FaultName[], random: Random): Generator<FaultName> {
  while (names.length > 0) {
    const left = [...names];
    while (left.length > 0) yield left.splice(below(random, left.length), 1)[0] as FaultName;
  }
}
