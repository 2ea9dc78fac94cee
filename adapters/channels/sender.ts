// Posts messages to webhooks and chat services through the guarded fetcher. Addresses and tokens stay here: no error, and so no record and no
// log, holds any.
import { WEB_CHANNEL_KINDS } from '../../shared/channels/kinds.ts';
import { FetchFailedError, SendLaterError, ServiceUnavailableError } from '../../shared/core/errors.ts';
import { MINUTE_MS, SECOND_MS } from '../../shared/core/time.ts';
import type { ChannelSecret } from '../../shared/model/channels.ts';
import type { ChannelSender, Clock } from '../../shared/ports.ts';
import type { GuardedFetch } from '../http/guarded-fetch.ts';

export interface ChannelSenderOptions {
  readonly fetch: Pick<GuardedFetch, 'post'>;
  readonly clock: Clock;
}

/** How long a target that let one message time out gets no other: many such targets would take up the time of all others. */
const SILENCE_MS = MINUTE_MS;

export function createChannelSender({ fetch, clock }: ChannelSenderOptions): ChannelSender {
  /** By address, or by address and room: until when nothing is sent there (epoch ms), and why. Few targets are left alone at a time. */
  const leftAlone = new Map<string, { readonly until: number; readonly why: string }>();
  return {
    async send(channel, secret, message) {
      const kind = WEB_CHANNEL_KINDS[channel];
      const now = clock.now();
      const target = `${secret.url} ${secret.room ?? ''}`;
      for (const name of [secret.url, target]) {
        const { until = 0, why = '' } = leftAlone.get(name) ?? {};
        const waitMs = until - now.getTime();
        if (waitMs > 0) throw new SendLaterError(Math.ceil(waitMs / SECOND_MS), why);
        leftAlone.delete(name);
      }
      const request = kind.compose(message, secret, now);
      const { status, headers, body } = await fetch.post(request).catch((error: unknown) => {
        if (isTimeout(error))
          leftAlone.set(secret.url, {
            until: clock.now().getTime() + SILENCE_MS,
            why: `${kind.service} does not answer`,
          });
        throw unreachable(kind.service, error);
      });
      const text = withoutSecrets(new TextDecoder().decode(body), secret);
      try {
        return kind.readAnswer({ status, headers, body: text }, clock.now());
      } catch (error) {
        // Senders that keep asking are made to wait longer.
        if (error instanceof SendLaterError)
          leftAlone.set(target, { until: clock.now().getTime() + error.seconds * SECOND_MS, why: error.message });
        throw error;
      }
    },
  };
}

const isTimeout = (error: unknown): boolean => error instanceof FetchFailedError && error.kind === 'timeout';

/** `happened` holds no address, but message and cause may. */
function unreachable(service: string, error: unknown): ServiceUnavailableError {
  const happened = error instanceof FetchFailedError ? error.happened : 'an unexpected error';
  return new ServiceUnavailableError(`${service} could not be reached: ${happened}`);
}

/** Parts of an address that are shorter are words, and may be needed to understand the answer. */
const SHORTEST_SECRET = 12;

/** A service may repeat what it was sent. */
function withoutSecrets(answer: string, { url, token, signingKeys = [] }: ChannelSecret): string {
  const { pathname, search, searchParams } = new URL(url);
  const parts = [url, `${pathname}${search}`, ...pathname.split('/'), ...searchParams.values(), token ?? ''];
  const secrets = [...parts, ...signingKeys.map(({ key }) => key)]
    .filter((part) => part.length >= SHORTEST_SECRET)
    .toSorted((a, b) => b.length - a.length);
  return secrets.reduce((text, part) => text.replaceAll(part, '…'), answer);
}
