// The API on stores in memory, asked through its one door from Request to Response; what it answered is kept, so that a test can hold
// the OpenAPI document against it.
import { alertLinksUnder } from '../../shared/alerts/alert-links.ts';
import type { ApiPorts } from '../../shared/api/api-ports.ts';
import { createApi } from '../../shared/api/handle.ts';
import type { DeliveryMessage } from '../../shared/model/messages.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { aClock, aMatch, later } from './builders.ts';
import { apiSenders } from './channels.ts';
import { someSnsSubscriptions } from './fakes.ts';
import { createMemoryStores } from './memory-store.ts';

export type Json = Record<string, unknown>;

/** An answer, and what was asked. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** Every answer of every API of the test file. */
export const seen: Seen[] = [];

export function anApi(change: Partial<ApiPorts> = {}) {
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const queued: unknown[] = [];
  const delivered: DeliveryMessage[] = [];
  const errors: unknown[] = [];
  const senders = apiSenders();
  const nothing = () => {};
  const ports: ApiPorts = {
    ...stores,
    clock,
    deliveryQueue: { send: async (messages) => void delivered.push(...messages) },
    // Most tests are about subscriptions that are in force.
    settings: { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org', confirm: false } },
    ...senders.ports,
    alertLinks: alertLinksUnder('https://links.example.org'),
    pollQueue: { send: async (messages) => void queued.push(...messages) },
    snsSubscriptions: someSnsSubscriptions(),
    operatorSubscriptions: null,
    log: {
      debug: nothing,
      info: nothing,
      warn: nothing,
      error: (message, fields) => void errors.push({ message, ...fields }),
    },
    problemsOfTopics: (topics) =>
      topics.filter(({ any }) => any['en']?.includes('AND')).map(({ id }) => `${id}: E_EMPTY`),
    publicUrl: () => 'https://tocsin.example.org',
    verifyFeed: async () => {
      throw new Error('no address is read here');
    },
    ...change,
  };
  const handle = createApi(ports);
  /** A body that is text or bytes is sent as it is, any other as JSON. */
  const ask = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await handle(
      new Request(`https://api.example.org${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const answer = {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Json,
    };
    seen.push({
      method,
      path: new URL(`https://api.example.org${path}`).pathname,
      status: answer.status,
      body: answer.body,
    });
    return answer;
  };
  return { ask, handle, stores, queued, delivered, errors, mails: senders.mails, clock, senders };
}

export async function withMatches(count: number) {
  const api = anApi();
  for (let i = 0; i < count; i++)
    await api.stores.matches.putMatch(aMatch({ articleId: `article-${i}`, firstSeenAt: later(i * 60_000) }));
  return api;
}
