// What the API of one machine has in addition, for the command line: how it runs, the messages that were set aside, and backups. On AWS
// the alarms and the tools of SQS and DynamoDB do the same.

import { isAbsolute } from 'node:path';
import * as z from 'zod/mini';
import { ROLES, roleOf } from '../../shared/api/access.ts';
import { NO_CONTENT, ok } from '../../shared/api/answers.ts';
import { at, type RouteEntry, route } from '../../shared/api/route.ts';
import { answer } from '../../shared/api/router.ts';
import { getOpenApi } from '../../shared/api/routes/instance.ts';
import { ROUTES } from '../../shared/api/routes.ts';
import { counted } from '../../shared/core/counted.ts';
import { machineFindings } from '../../shared/health/machine-findings.ts';
import type { Log } from '../../shared/ports.ts';
import type { Access } from '../access/access-file.ts';
import type { BackupSummary } from '../data-folder/backup.ts';
import type { DeadLetter, LocalQueues } from '../queues/queues.ts';
import type { Health } from './health.ts';

/** Dead letters in one answer. */
const MOST_LISTED = 1_000;

const choiceSchema = z.strictObject({
  ids: z
    .optional(z.array(z.int().check(z.positive())).check(z.minLength(1), z.maxLength(MOST_LISTED)))
    .check(z.describe('Those with these ids; absent for all')),
});
const backupSchema = z.strictObject({
  file: z.string().check(z.refine(isAbsolute, 'an absolute path'), z.describe('Absolute path on this machine')),
});
const deadLettersSchema = z.strictObject({
  count: z.int(),
  items: z.array(
    z.strictObject({
      id: z.int(),
      queue: z.string(),
      since: z.iso.datetime(),
      reason: z.nullable(z.string()),
      about: z.string(),
    }),
  ),
});

const lastRunSchema = z.strictObject({ at: z.nullable(z.iso.datetime()), secondsAgo: z.nullable(z.int()) });
/** The fields are explained in shared/health/machine-status.ts. */
const machineSchema = z.strictObject({
  time: z.iso.datetime(),
  version: z.string(),
  state: z.enum(['offline', 'starting', 'running', 'once', 'stopping']),
  startedAt: z.iso.datetime(),
  upSeconds: z.int(),
  schedule: lastRunSchema,
  sweep: lastRunSchema,
  queues: z.array(z.strictObject({ name: z.string(), depth: z.int(), waitingSeconds: z.int(), idleSeconds: z.int() })),
  deadLetters: z.int(),
  database: z.strictObject({
    isRestarting: z.boolean(),
    restarts: z.int(),
    lastRestartAt: z.nullable(z.iso.datetime()),
  }),
  disk: z.nullable(z.strictObject({ freeBytes: z.number(), totalBytes: z.number() })),
  clockJump: z.nullable(z.strictObject({ at: z.iso.datetime(), seconds: z.int() })),
  problems: z.array(z.strictObject({ what: z.string(), says: z.string(), since: z.iso.datetime() })),
  findings: z.array(z.strictObject({ what: z.string(), well: z.boolean(), says: z.string() })),
});

const backedUpSchema = z.strictObject({ file: z.string(), madeAt: z.iso.datetime(), bytes: z.int() });

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
  readonly health: Pick<Health, 'machineStatus'>;
  readonly access: Access;
  /** Writes a backup to a file of this machine. */
  backup(file: string): Promise<BackupSummary>;
  /** Called for unexpected errors. */
  readonly log: Log;
}

type Handle = (request: Request) => Promise<Response>;

/** The API with the routes that only one machine has, and one document of all. */
export function withMachineApi(handleApi: Handle, parts: MachineParts): Handle {
  return async (request) =>
    isOfMachine(new URL(request.url).pathname)
      ? // To those who run this machine, what went wrong may be said as it is.
        answer(MACHINE_ROUTES, request, parts, {
          onServerError: (error) =>
            parts.log.error('request failed', { method: request.method, path: new URL(request.url).pathname, error }),
          explain: (error) => (roleOf(request) === 'admin' ? `internal error: ${String(error)}` : undefined),
        })
      : handleApi(request);
}

/** `/v1/tokens/{name}` has a name in its path, the others have none. */
const isOfMachine = (pathname: string): boolean =>
  /^\/v1\/tokens\/[^/]+$/.test(pathname) || MACHINE_ROUTES.some(({ path }) => path === pathname);

const getMachine = route({
  summary: 'How this machine runs',
  answers: { 200: machineSchema },
  handle: async (_input, { health }: MachineParts) => {
    const status = health.machineStatus();
    return ok({ ...status, findings: [...machineFindings(status)] });
  },
});

const listDeadLetters = route({
  summary: 'Messages that were set aside; at most a thousand',
  answers: { 200: deadLettersSchema },
  handle: async (_input, { queues }: MachineParts) =>
    ok({ count: queues.deadLetters(), items: queues.listDeadLetters(MOST_LISTED).map(shownDeadLetter) }),
});

const redriveDeadLetters = route({
  summary: 'Put messages back on their queues',
  body: choiceSchema,
  answers: { 200: z.strictObject({ redriven: z.int() }) },
  handle: async ({ body: { ids } }, { queues }: MachineParts) => ok({ redriven: queues.redrive(ids) }),
});

const dropDeadLetters = route({
  summary: 'Delete messages that were set aside',
  body: choiceSchema,
  answers: { 200: z.strictObject({ dropped: z.int() }) },
  handle: async ({ body: { ids } }, { queues }: MachineParts) => ok({ dropped: queues.dropDeadLetters(ids) }),
});

const backUp = route({
  summary: 'Write a backup to a file of this machine',
  body: backupSchema,
  answers: { 200: backedUpSchema },
  refusals: ['not_found', 'file_exists'],
  handle: async ({ body: { file } }, { backup }: MachineParts) => ok(await backup(file)),
});

const tokensSchema = z.strictObject({
  items: z.array(z.strictObject({ name: z.string(), role: z.enum(ROLES), createdAt: z.iso.datetime() })),
});
const newTokenSchema = z.strictObject({
  name: z
    .string()
    .check(
      z.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i, 'expected up to 64 letters, digits, points, hyphens and underscores'),
      z.describe('Who or what it is for'),
    ),
  role: z.enum(ROLES),
});

const listTokens = route({
  summary: 'Named tokens, without the tokens themselves',
  answers: { 200: tokensSchema },
  handle: async (_input, { access }: MachineParts) => ok({ items: [...access.listTokens()] }),
});

const createToken = route({
  summary: 'Make a token for a person or a program. It is shown this once; only its hash is kept',
  body: newTokenSchema,
  answers: { 201: z.strictObject({ name: z.string(), role: z.enum(ROLES), token: z.string() }) },
  refusals: ['conflict'],
  handle: async ({ body: { name, role } }, { access }: MachineParts) => ({
    status: 201 as const,
    body: { name, role, token: access.createToken(name, role) },
  }),
});

const revokeToken = route({
  summary: 'End a token, and the sessions that were begun with it',
  path: z.strictObject({ name: z.string() }),
  answers: { 204: null },
  handle: async ({ path: { name } }, { access }: MachineParts) => {
    access.revokeToken(name);
    return NO_CONTENT;
  },
});

export const MACHINE_ROUTES: readonly RouteEntry<MachineParts>[] = [
  at('GET', '/v1/openapi.json', 'getOpenApi', getOpenApi(allRoutes)),
  at('GET', '/v1/machine', 'getMachine', getMachine),
  at('GET', '/v1/dead-letters', 'listDeadLetters', listDeadLetters),
  at('POST', '/v1/dead-letters/redrive', 'redriveDeadLetters', redriveDeadLetters),
  at('POST', '/v1/dead-letters/drop', 'dropDeadLetters', dropDeadLetters),
  at('POST', '/v1/backup', 'backUp', backUp),
  at('GET', '/v1/tokens', 'listTokens', listTokens, 'admin'),
  at('POST', '/v1/tokens', 'createToken', createToken),
  at('DELETE', '/v1/tokens/{name}', 'revokeToken', revokeToken),
];

function allRoutes() {
  return [...ROUTES.filter(({ id }) => id !== 'getOpenApi'), ...MACHINE_ROUTES];
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
  if (feedIds !== undefined) return `a poll of ${counted(feedIds.length, 'feed')}`;
  return body.slice(0, 100);
}
