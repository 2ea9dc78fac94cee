// The world in memory, for tests of the pipeline: a log and metrics that can be read back, queues that can be drained, publishers
// that answer as told. Stores are in memory-store.ts, the clock and the shapes in builders.ts.
import { FetchFailedError, type FetchFailureKind } from '../../shared/core/errors.ts';
import type { FetchedFeed } from '../../shared/model/feed.ts';
import type { Item, ParsedFeed } from '../../shared/model/item.ts';
import type { ArticleMessage, PollMessage } from '../../shared/model/messages.ts';
import type {
  ArticleQueue,
  FailedMessage,
  FailedMessages,
  FeedFetcher,
  Log,
  Metrics,
  PollQueue,
  SnsSubscriptions,
} from '../../shared/ports.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Record<string, unknown>;
}

export function aLog(): Log & { readonly lines: LogLine[]; messages(level: LogLine['level']): string[] } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']) =>
    (message: string, fields: Record<string, unknown> = {}): void => {
      lines.push({ level, message, fields });
    };
  return {
    lines,
    messages: (level) => lines.filter((line) => line.level === level).map(({ message }) => message),
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}

/** Adds up what was put under each name. Throws when the unit is not that of the name. */
export function someMetrics(): Metrics & { readonly totals: Record<string, number> } {
  const totals: Record<string, number> = {};
  return {
    totals,
    put: (name, unit, value) => {
      checkUnit(name, unit);
      totals[name] = (totals[name] ?? 0) + value;
    },
  };
}

export function checkUnit(name: string, unit: string): void {
  const wanted = name.endsWith('Seconds') ? 'Seconds' : 'Count';
  if (unit !== wanted) throw new Error(`the unit of ${name} is "${unit}", expected "${wanted}"`);
}

/** Takes what is sent, later or now; `take` empties it. Messages travel as JSON, as in a real queue. */
export function aQueue<Message extends PollMessage | ArticleMessage>(): {
  readonly sent: Message[];
  take(): Message[];
  send(messages: readonly Message[]): Promise<void>;
} & PollQueue &
  ArticleQueue {
  const sent: Message[] = [];
  const send = async (messages: readonly Message[]): Promise<void> => {
    sent.push(...(JSON.parse(JSON.stringify(messages)) as Message[]));
  };
  const queue = { sent, take: () => sent.splice(0), send, sendLater: send };
  return queue as never;
}

/** Keeps what failed: by body, how long it is hidden, or that it is set aside. */
export function someFailedMessages(): FailedMessages & {
  readonly hidden: Record<string, number>;
  readonly aside: FailedMessage[];
} {
  const hidden: Record<string, number> = {};
  const aside: FailedMessage[] = [];
  return {
    hidden,
    aside,
    retryLater: async (messages) => {
      for (const { body, seconds } of messages) hidden[body] = seconds;
    },
    setAside: async (message) => void aside.push(message),
  };
}

/** What a publisher shows at an address. A document is its items as JSON: `readItems` reads them back. */
export interface Shown {
  readonly items: readonly Item[];
  readonly feed?: Partial<ParsedFeed['feed']>;
}

export interface Publisher extends FeedFetcher {
  /** Each request: URL and the ETag it was asked with. */
  readonly requests: { readonly url: string; readonly etag: string | null }[];
  /** Answers with the document, and with "unchanged" to its ETag. */
  show(url: string, shown: Shown, answer?: Partial<Extract<FetchedFeed, { kind: 'changed' }>>): void;
  fail(url: string, kind: FetchFailureKind, options?: { status?: number; retryAfterSeconds?: number }): void;
  /** Does whatever is given instead, told the ETag it was asked with. */
  answer(url: string, how: (etag: string | null) => Promise<FetchedFeed>): void;
}

export function aPublisher(): Publisher {
  const answers = new Map<string, (etag: string | null) => Promise<FetchedFeed>>();
  const requests: { url: string; etag: string | null }[] = [];
  return {
    requests,
    show(url, shown, answer = {}) {
      const body = new TextEncoder().encode(JSON.stringify(shown));
      const etag = answer.etag === undefined ? `"${body.length}-${JSON.stringify(shown).slice(-80)}"` : answer.etag;
      const changed = {
        kind: 'changed' as const,
        body,
        contentType: 'application/json',
        finalUrl: url,
        movedTo: null,
        lastModified: null,
        freshSeconds: null,
        ...answer,
        etag,
      };
      answers.set(url, async (asked) =>
        asked !== null && asked === etag
          ? { kind: 'unchanged', freshSeconds: changed.freshSeconds, movedTo: changed.movedTo }
          : changed,
      );
    },
    fail(url, kind, options = {}) {
      answers.set(url, async () => {
        throw new FetchFailedError(kind, url, `${url}: ${kind}`, options);
      });
    },
    answer(url, how) {
      answers.set(url, how);
    },
    async fetchFeed({ url, validators }) {
      requests.push({ url, etag: validators?.etag ?? null });
      const answer = answers.get(url);
      if (answer === undefined) throw new FetchFailedError('dns', url, `${url}: the host name has no address`);
      return answer(validators?.etag ?? null);
    },
  };
}

/** The reader for what `show` wrote. */
export async function readItems({ body }: { readonly body: Uint8Array }): Promise<ParsedFeed> {
  const { items, feed = {} } = JSON.parse(new TextDecoder().decode(body)) as Shown;
  return {
    feed: {
      title: 'Own title',
      link: null,
      description: null,
      language: null,
      ttlMinutes: null,
      skipHours: [],
      format: 'json',
      ...feed,
    },
    items,
    notes: [],
  };
}

/** SNS without a network: every e-mail subscription is confirmed at once. */
export const someSnsSubscriptions = (change: Partial<SnsSubscriptions> = {}): SnsSubscriptions => ({
  subscribeEmail: async () => ({ arn: 'arn:aws:sns:eu-west-1:000000000000:alerts:1' }),
  stateOf: async () => 'confirmed',
  unsubscribe: async () => {},
  unsubscribeAddress: async () => ({ ended: 0, pending: 0 }),
  ...change,
});
