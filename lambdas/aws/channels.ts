// Channels over HTTP on AWS, for the functions that send. What fetches, and the client of SSM, are loaded by the first message that needs them:
// most deployments have mails only.
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { Settings } from '../../shared/model/settings.ts';
import { userAgentOf } from '../../shared/net/user-agent.ts';
import type { ChannelSecrets, ChannelSender } from '../../shared/ports.ts';
import { requiredVariable } from '../environment.ts';

export interface Channels {
  readonly channelSender: ChannelSender;
  readonly channelSecrets: ChannelSecrets;
}

export function channelsFrom(env: Environment, { contact, fetch: { allowHosts } }: Settings): Channels {
  const prefix = requiredVariable(env, 'channelSecretsPrefix');
  const sender = once(async () => {
    const [{ createChannelSender }, { createGuardedFetch }] = await Promise.all([
      import('../../adapters/channels/sender.ts'),
      import('../../adapters/http/guarded-fetch.ts'),
    ]);
    const fetch = createGuardedFetch({ allowHosts, userAgent: userAgentOf(contact) });
    return createChannelSender({ fetch, clock: wallClock });
  });
  const secrets = once(async () => {
    const { createSsmSecrets } = await import('../../adapters/ssm/channel-secrets.ts');
    return createSsmSecrets({ prefix, clock: wallClock });
  });
  return {
    channelSender: { send: async (...message) => (await sender()).send(...message) },
    channelSecrets: {
      getSecret: async (id) => (await secrets()).getSecret(id),
      putSecret: async (id, secret) => (await secrets()).putSecret(id, secret),
      removeSecret: async (id) => (await secrets()).removeSecret(id),
    },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
