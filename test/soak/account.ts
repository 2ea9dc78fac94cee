// The final account of a run: the clock is put forward to what is due later, then the books must balance.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type LedgerSubscription,
  problemsOf,
  putOff,
  type RecordedDelivery,
  repeatsIn,
  type StoredMatch,
} from './ledger.ts';
import { folderMiB, type Product } from './product.ts';
import { SUBSCRIPTIONS } from './setting.ts';
import type { World } from './world.ts';

export interface Account {
  readonly items: number;
  readonly alerts: number;
  /** Mails that came more than once, under the same id. */
  readonly repeats: number;
  readonly filesMiB: number;
}

const DAY_MS = 86_400_000;
const SETTLED_WITHIN_MS = 60_000;
/** Longer than any wait for another try or for a digest, even one begun while the clock was ahead; shorter than a message lives in a queue. */
const FORWARDS_MS = [3 * DAY_MS, 3 * DAY_MS + 7_200_000] as const;
/** Before the fourth try, and no mail server is away for longer. */
const LONGEST_WAIT_MS = 3_600_000;
const MOST_FILES_MIB = 128;
/** Problems of the ledger that are shown. */
const MOST_LINES = 20;

/** Everything that was published is stored already. */
export async function settle(world: World): Promise<Account> {
  const { product, publishers, sink } = world;
  let problems: readonly string[] = [];
  let subscriptions: readonly LedgerSubscription[] = [];
  const balances = async (): Promise<boolean> => {
    subscriptions = await subscriptionsOf(product);
    const stored = await storedMatches(product);
    problems = problemsOf({ expected: publishers.expected(), stored, subscriptions, mails: sink.mails });
    return problems.length === 0;
  };
  for (const line of putOff(await subscriptionsOf(product), new Date(Date.now() + LONGEST_WAIT_MS)))
    world.problem('ledger', line);
  for (const forwardMs of FORWARDS_MS) {
    await world.stopInOrder();
    product.setClock(forwardMs);
    await product.start();
    if (await world.untilWithin(SETTLED_WITHIN_MS, balances)) break;
  }
  for (const line of problems.slice(0, MOST_LINES)) world.problem('ledger', line);
  if (problems.length > MOST_LINES) world.problem('ledger', `and ${problems.length - MOST_LINES} more`);
  const { count } = await product.api<{ readonly count: number }>('GET', '/v1/dead-letters');
  if (count > 0) world.problem('set aside', `${count} messages`);
  await world.stopInOrder();
  lookAtLogs(world);
  const filesMiB = folderMiB(product.data);
  if (filesMiB > MOST_FILES_MIB) world.problem('files', `${filesMiB} MiB, more than ${MOST_FILES_MIB}`);
  const alerts = subscriptions.reduce((sum, { deliveries }) => sum + deliveries.length, 0);
  return { items: publishers.expected().length, alerts, repeats: repeatsIn(sink.mails), filesMiB };
}

export async function storedMatches(product: Product): Promise<readonly StoredMatch[]> {
  const matches = await product.list<{
    readonly id: string;
    readonly topic: { readonly id: string };
    readonly article: { readonly url: string };
  }>('/v1/matches');
  return matches.flatMap(({ id, topic, article: { url } }) => {
    const item = /\/items\/(\d+-\d+)/.exec(url)?.[1];
    return item === undefined ? [] : [{ id, item, topic: topic.id }];
  });
}

async function subscriptionsOf(product: Product): Promise<readonly LedgerSubscription[]> {
  const known = await product.list<{ readonly id: string; readonly target: string }>('/v1/subscriptions');
  return Promise.all(
    SUBSCRIPTIONS.map(async ({ target, topics }) => {
      const id = known.find((each) => each.target === target)?.id ?? '';
      const deliveries = await product.list<RecordedDelivery>(`/v1/subscriptions/${encodeURIComponent(id)}/deliveries`);
      return { target, topics, deliveries };
    }),
  );
}

function lookAtLogs({ product, problem }: World): void {
  for (const name of ['tocsin.log', 'tocsin.log.1']) {
    const file = join(product.data, name);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const bad = text.split('\n').filter((line) => line !== '' && !isJson(line));
    if (bad.length > 0) problem('log', `${bad.length} lines of ${name} are not JSON: ${bad[0]?.slice(0, 200)}`);
  }
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
