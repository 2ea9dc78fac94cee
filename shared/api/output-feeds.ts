// Where programs read outputs: `/f/TOKEN.atom` and `/f/TOKEN.json`. The secret in the path is the authority; nothing else is asked.
import { composeOutput } from '../alerts/output-feed.ts';
import { MINUTE_MS } from '../core/time.ts';
import { type OutputFeed, opensOutput, outputPath, readOutputPath } from '../model/output.ts';
import type { Clock, Log, MatchStore, OutputStore } from '../ports.ts';
import { entriesOfOutput } from '../usecases/alerting/read-output.ts';
import { SAFE_HEADERS } from './problem.ts';
import { type Representation, representationFor, withoutBodyForHead } from './representation.ts';

export interface OutputFeedPorts {
  readonly outputs: Pick<OutputStore, 'getOutput' | 'noteRead'>;
  readonly matches: Pick<MatchStore, 'queryMatches'>;
  /** Null where the address is not known: then it is that of the request. */
  readonly publicUrl: () => string | null;
  readonly clock: Clock;
  readonly log: Log;
}

const RETRY_SECONDS = 300;
/** Two functions may stamp and store matches in another order, and a date of HTTP has no parts of a second. */
const SETTLED_AFTER_MS = MINUTE_MS;

/** Never throws. Whatever does not lead to an output is answered in the same words, so that an answer tells nothing about what exists. */
export const createOutputFeeds =
  (ports: OutputFeedPorts) =>
  async (request: Request): Promise<Response> =>
    withoutBodyForHead(request, await answerTo(request, ports));

async function answerTo(request: Request, ports: OutputFeedPorts): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return plain(405, 'This address can be read, and nothing else.', { allow: 'GET, HEAD' });
  try {
    return await feedFor(request, ports);
  } catch (error) {
    // Without the path, which holds the secret.
    ports.log.error('an output could not be read', { error });
    return plain(503, 'Something failed on our side; please try again later.', {
      'retry-after': String(RETRY_SECONDS),
    });
  }
}

async function feedFor(request: Request, ports: OutputFeedPorts): Promise<Response> {
  const url = new URL(request.url);
  const asked = readOutputPath(url.pathname);
  const output = asked === null ? null : await ports.outputs.getOutput(asked.id);
  if (asked === null || output === null || !opensOutput(output, asked.secret))
    return plain(404, 'There is no such feed.');
  const entries = await entriesOfOutput(output, ports.matches);
  await noteRead(output, ports);
  const base = (ports.publicUrl() ?? url.origin).replace(/\/+$/, '');
  const address = `${base}${outputPath(asked.id, asked.secret, asked.form)}`;
  const { text, type, changedAt } = composeOutput({ output, entries, address }, asked.form);
  const isSettled = ports.clock.now().getTime() - Date.parse(changedAt) >= SETTLED_AFTER_MS;
  const representation: Representation = { text, type, changedAt: isSettled ? changedAt : null };
  return representationFor(request, representation, { ...SAFE_HEADERS, 'x-robots-tag': 'noindex' });
}

/** Once a day; what is read counts more than that it was read. */
async function noteRead({ id, lastReadOn }: OutputFeed, { outputs, clock, log }: OutputFeedPorts): Promise<void> {
  const today = clock.now().toISOString().slice(0, 10);
  if (lastReadOn === today) return;
  try {
    await outputs.noteRead(id, today);
  } catch (error) {
    log.warn('the day on which an output was read could not be noted', { error });
  }
}

const plain = (status: number, words: string, more: Readonly<Record<string, string>> = {}): Response =>
  new Response(`${words}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...SAFE_HEADERS, ...more },
  });
