// What must hold for every document, whatever it holds: items in their shape or one typed error, within bounds.
import { TocsinError } from '../../shared/core/errors.ts';
import { readFeed } from '../../shared/feeds/read-feed.ts';
import type { Item, ParsedFeed } from '../../shared/model/item.ts';
import type { MutatedDocument } from './mutate.ts';

export const DOCUMENT_URL = 'https://example.org/feeds/main.xml';
const MOST_CPU_MS = 500;
/** A slow document is read so often again: machines have slow moments. */
const REPEATS = 3;
/** A reader that has not answered by then never will. */
const UNSETTLED_MS = 15_000;
const LONGEST_MESSAGE = 1000;
const INSTANT = /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export interface Checked {
  readonly problem: string | null;
  readonly outcome: 'read' | 'refused' | 'failed';
  readonly cpuMs: number;
  /** Everything that came out, to compare it with another reading of the same. */
  readonly print: string;
}

export async function check(document: Pick<MutatedDocument, 'body' | 'contentType'>): Promise<Checked> {
  const first = await once(document);
  let cpuMs = first.cpuMs;
  for (let repeat = 0; repeat < REPEATS && cpuMs > MOST_CPU_MS; repeat += 1) {
    cpuMs = Math.min(cpuMs, (await once(document)).cpuMs);
  }
  const slow = cpuMs > MOST_CPU_MS ? `took ${Math.round(cpuMs)} ms of processor time, ${REPEATS + 1} times` : null;
  return { ...first, cpuMs, problem: first.problem ?? slow };
}

async function once({ body, contentType }: Pick<MutatedDocument, 'body' | 'contentType'>): Promise<Checked> {
  const begun = process.threadCpuUsage();
  const done = (outcome: Checked['outcome'], print: string, problem: string | null): Checked => {
    const { user, system } = process.threadCpuUsage(begun);
    return { outcome, print, problem, cpuMs: (user + system) / 1000 };
  };
  let timer: NodeJS.Timeout | undefined;
  const unsettled = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), UNSETTLED_MS);
  });
  try {
    const feed = await Promise.race([readFeed({ body, contentType, url: DOCUMENT_URL }), unsettled]);
    if (feed === null) return done('failed', '', 'was never decided');
    const read = done('read', '', null);
    return { ...read, print: JSON.stringify(feed), problem: problemOf(feed) };
  } catch (error) {
    if (!(error instanceof TocsinError)) return done('failed', '', `threw ${stackOf(error)}`);
    const tooLong =
      error.message.length > LONGEST_MESSAGE ? `has a message of ${error.message.length} characters` : null;
    const print = `${error.code}: ${error.message}`;
    return done('refused', print, error.message.isWellFormed() ? tooLong : 'has a message with half a character');
  } finally {
    clearTimeout(timer);
  }
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

function problemOf({ feed, items, notes }: ParsedFeed): string | null {
  if (!textsOf({ feed, items, notes }).every((text) => text.isWellFormed())) return 'gives half a character';
  if (feed.link !== null && !isWebUrl(feed.link)) return `gives the link ${feed.link}`;
  if (feed.skipHours.some((hour) => !Number.isInteger(hour) || hour < 0 || hour > 23))
    return 'gives hours that are none';
  const isMinutes = feed.ttlMinutes === null || (Number.isFinite(feed.ttlMinutes) && feed.ttlMinutes >= 0);
  if (!isMinutes) return `gives a ttl of ${feed.ttlMinutes}`;
  for (const [index, item] of items.entries()) {
    const problem = problemOfItem(item);
    if (problem !== null) return `gives item ${index} with ${problem}`;
  }
  return null;
}

function problemOfItem(item: Item): string | null {
  for (const name of ['id', 'title', 'url', 'published', 'updated', 'summary', 'content', 'language'] as const) {
    const value = item[name];
    if (value !== null && typeof value !== 'string') return `${name} of type ${typeof value}`;
    if (value === '') return `an empty ${name}`;
  }
  for (const name of ['authors', 'categories'] as const) {
    const isList = Array.isArray(item[name]) && item[name].every((value) => typeof value === 'string' && value !== '');
    if (!isList) return `${name} that are no texts`;
  }
  for (const date of [item.published, item.updated]) {
    if (date !== null && (!INSTANT.test(date) || Number.isNaN(Date.parse(date)))) return `the date ${date}`;
  }
  return item.url === null || isWebUrl(item.url) ? null : `the address ${item.url}`;
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

const isWebUrl = (url: string): boolean => /^https?:/.test(url) && URL.canParse(url);
