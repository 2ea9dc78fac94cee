// What the API of one machine has in addition, for the command line: the messages that were set aside, and backups. On AWS the
// tools of SQS and DynamoDB do the same.
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { problemOf, problemResponse, SAFE_HEADERS } from '../shared/api/problem.ts';
import { InvalidInputError, TocsinError } from '../shared/errors.ts';
import type { BackupSummary } from './backup.ts';
import type { DeadLetter, LocalQueues } from './queues.ts';

/** Dead letters in one answer. */
const MOST_LISTED = 1_000;

const CHOICE = z.strictObject({ ids: z.array(z.int().positive()).min(1).max(MOST_LISTED).optional() });
const BACKUP = z.strictObject({ file: z.string().refine(isAbsolute, 'must be an absolute path') });

/** A dead letter as the command shows it. */
export interface ShownDeadLetter {
  readonly id: number;
  readonly queue: DeadLetter['queue'];
  readonly since: string;
  readonly reason: string | null;
  /** What the message is about: the item's title and feed, or how many feeds were to be polled. */
  readonly about: string;
}

/** The parts of one machine that these routes need. */
export interface MachineParts {
  readonly queues: LocalQueues;
  /** Writes a backup to a file of this machine. */
  backup(file: string): Promise<BackupSummary>;
}

type Handle = (request: Request) => Promise<Response>;

/** The API with the routes that only one machine has: dead letters (`GET /v1/dead-letters`, `POST …/redrive`, `POST …/drop`) and `POST /v1/backup`. */
export function withMachineApi(handleApi: Handle, parts: MachineParts): Handle {
  return async (request) => {
    const { pathname } = new URL(request.url);
    const route = ROUTES[pathname];
    if (route === undefined) return handleApi(request);
    try {
      if (request.method !== route.method)
        throw new InvalidInputError('method_not_allowed', `${pathname} takes ${route.method}, not ${request.method}`);
      return json(await route.answer(parts, request));
    } catch (error) {
      // Only this machine's owner asks, so what went wrong may be said as it is.
      const problem = problemOf(error);
      const isUnknown = !(error instanceof TocsinError);
      return problemResponse(isUnknown ? { ...problem, detail: `internal error: ${String(error)}` } : problem);
    }
  };
}

const ROUTES: Readonly<
  Record<string, { readonly method: string; readonly answer: (parts: MachineParts, request: Request) => unknown }>
> = {
  '/v1/dead-letters': {
    method: 'GET',
    answer: ({ queues }) => ({
      count: queues.deadLetters(),
      items: queues.listDeadLetters(MOST_LISTED).map(shownDeadLetter),
    }),
  },
  '/v1/dead-letters/redrive': {
    method: 'POST',
    answer: async ({ queues }, request) => ({ redriven: queues.redrive((await bodyOf(request, CHOICE)).ids) }),
  },
  '/v1/dead-letters/drop': {
    method: 'POST',
    answer: async ({ queues }, request) => ({ dropped: queues.dropDeadLetters((await bodyOf(request, CHOICE)).ids) }),
  },
  '/v1/backup': {
    method: 'POST',
    answer: async ({ backup }, request) => backup((await bodyOf(request, BACKUP)).file),
  },
};

async function bodyOf<T>(request: Request, shape: z.ZodType<T>): Promise<T> {
  const text = await request.text();
  const parsed = shape.safeParse(text === '' ? {} : parseJson(text));
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(
    'invalid_body',
    'invalid request body',
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function shownDeadLetter({ id, queue, since, reason, body }: DeadLetter): ShownDeadLetter {
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
