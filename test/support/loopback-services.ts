// All services that are reached over HTTP, played by servers of this machine: each takes every message, as the real one does.
import { createChannelSender } from '../../adapters/channels/sender.ts';
import { createGuardedFetch } from '../../adapters/http/guarded-fetch.ts';
import { type ChannelSecret, WEB_CHANNELS, type WebChannel } from '../../shared/model/channels.ts';
import type { ChannelSender, Clock } from '../../shared/ports.ts';
import { ANSWERS, type RecordedAnswer } from '../fixtures/channels/answers.ts';
import { secretOf } from './channel-messages.ts';
import { serveWeb } from './loopback.ts';

/** What a service was posted. */
export interface TakenMessage {
  readonly body: string;
  /** By which a receiver knows a repeat; null where the service has nothing of the kind. */
  readonly key: string | null;
}

export interface LoopbackServices {
  /** `reader`: each has an address of their own at every service. */
  secretOf(channel: WebChannel, reader: string): ChannelSecret;
  /** In the order they came. */
  taken(channel: WebChannel, reader: string): readonly TakenMessage[];
  forgetTaken(): void;
  senderWith(clock: Clock): ChannelSender;
  close(): Promise<void>;
}

export async function serveServices(readers: readonly string[]): Promise<LoopbackServices> {
  const served = await Promise.all(
    readers.map(async (reader) => {
      const taken: (TakenMessage & { readonly channel: WebChannel })[] = [];
      const web = await serveWeb(async (request, response) => {
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part as Buffer);
        const channel = channelAt(request.url ?? '');
        const key = request.headers['webhook-id'] ?? null;
        taken.push({ channel, body: Buffer.concat(parts).toString(), key: key === null ? null : String(key) });
        const { status, headers, body }: RecordedAnswer = ANSWERS[channel].taken;
        response.writeHead(status, headers).end(body);
      });
      const secrets = WEB_CHANNELS.map((channel) => [channel, secretOf(channel, web.origin)] as const);
      return { reader, taken, web, secrets: new Map(secrets) };
    }),
  );
  const fetch = createGuardedFetch({ allowHosts: served.map(({ web }) => web.pair), userAgent: 'test' });
  const of = (reader: string) => {
    const found = served.find((each) => each.reader === reader);
    if (found === undefined) throw new Error(`no services are played for ${reader}`);
    return found;
  };
  return {
    secretOf: (channel, reader) => of(reader).secrets.get(channel) as ChannelSecret,
    taken: (channel, reader) => of(reader).taken.filter((message) => message.channel === channel),
    forgetTaken() {
      for (const { taken } of served) taken.length = 0;
    },
    senderWith: (clock) => createChannelSender({ fetch, clock }),
    async close() {
      fetch.close();
      for (const { web } of served) await web.close();
    },
  };
}

/** The address of ntfy is a mere slash, with which all others begin. */
const channelAt = (url: string): WebChannel =>
  WEB_CHANNELS.find((channel) => channel !== 'ntfy' && url.startsWith(pathOf(channel))) ?? 'ntfy';

const pathOf = (channel: WebChannel): string => new URL(secretOf(channel).url).pathname;
