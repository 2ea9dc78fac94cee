// Channels over HTTP on AWS, for the functions that send. What fetches is loaded by the first message that needs it: most deployments have mails only.
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { userAgentOf } from '../../shared/net/user-agent.ts';
import type { ChannelSecrets, ChannelSender } from '../../shared/ports.ts';
import { channelSecretsFrom } from './channel-secrets.ts';
import { once } from './once.ts';

export interface Channels {
  readonly channelSender: ChannelSender;
  readonly channelSecrets: ChannelSecrets;
}

export function channelsFrom(env: Environment, { contact, fetch: { allowHosts } }: Settings): Channels {
  const sender = once(async () => {
    const [{ createChannelSender }, { createGuardedFetch }] = await Promise.all([
      import('../../adapters/channels/sender.ts'),
      import('../../adapters/http/guarded-fetch.ts'),
    ]);
    const fetch = createGuardedFetch({ allowHosts, userAgent: userAgentOf(contact) });
    return createChannelSender({ fetch, clock: wallClock });
  });
  return {
    channelSender: { send: async (...message) => (await sender()).send(...message) },
    channelSecrets: channelSecretsFrom(env),
  };
}
