// What was set aside on this machine, for the command line: listed, tried again or dropped while Tocsin runs. On AWS the dead-letter queues
// of SQS do the same, with its own tools.
import { z } from 'zod';
import { problemOf, problemResponse, SAFE_HEADERS } from '../shared/api/problem.ts';
import { InvalidInputError } from '../shared/errors.ts';
import type { DeadLetter, LocalQueues } from './queues.ts';

const PATH = '/v1/dead-letters';
/** As many as one answer lists. */
const MOST_LISTED = 1_000;

const CHOICE = z.strictObject({ ids: z.array(z.int().positive()).min(1).max(MOST_LISTED).optional() });

/** A dead letter as the command shows it. */
export interface ShownDeadLetter {
  readonly id: number;
  readonly queue: DeadLetter['queue'];
  readonly since: string;
  readonly reason: string | null;
  /** What the message is about: the item's title and feed, or how many feeds were to be polled. */
  readonly about: string;
}

/** The API with `/v1/dead-letters` (GET), `/v1/dead-letters/redrive` and `/v1/dead-letters/drop` (POST). */
export function withDeadLetters(
  handleApi: (request: Request) => Promise<Response>,
  queues: LocalQueues,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname !== PATH && !pathname.startsWith(`${PATH}/`)) return handleApi(request);
    try {
      return json(await answer(request.method, pathname.slice(PATH.length), request, queues));
    } catch (error) {
      return problemResponse(problemOf(error));
    }
  };
}

async function answer(method: string, path: string, request: Request, queues: LocalQueues): Promise<unknown> {
  const asked = `${method} ${path}`;
  if (asked === 'GET ')
    return { count: queues.deadLetters(), items: queues.listDeadLetters(MOST_LISTED).map(shownDeadLetter) };
  if (asked === 'POST /redrive') return { redriven: queues.redrive(await chosen(request)) };
  if (asked === 'POST /drop') return { dropped: queues.dropDeadLetters(await chosen(request)) };
  throw new InvalidInputError(
    'method_not_allowed',
    `${method} ${PATH}${path} is not known: GET, or POST to /redrive or /drop`,
  );
}

/** Undefined: all. */
async function chosen(request: Request): Promise<readonly number[] | undefined> {
  const text = await request.text();
  const parsed = CHOICE.safeParse(text === '' ? {} : parseJson(text));
  if (parsed.success) return parsed.data.ids;
  throw new InvalidInputError('invalid_body', 'the body must be { "ids": [numbers] }, or empty for all of them');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function shownDeadLetter({ id, queue, since, reason, body }: DeadLetter): ShownDeadLetter {
  return { id, queue, since: new Date(since).toISOString(), reason, about: aboutOf(body) };
}

function aboutOf(body: string): string {
  const { item, feed, feedIds } = (parseJson(body) ?? {}) as {
    readonly item?: { readonly title?: string | null };
    readonly feed?: { readonly title?: string };
    readonly feedIds?: readonly string[];
  };
  if (item !== undefined) return `${item.title ?? 'an item without a title'} — ${feed?.title ?? 'unknown feed'}`;
  if (feedIds !== undefined) return `a poll of ${feedIds.length} ${feedIds.length === 1 ? 'feed' : 'feeds'}`;
  return body.slice(0, 100);
}

const json = (value: unknown): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', ...SAFE_HEADERS } });
