// The secrets of channels on AWS. The client of SSM is loaded by the first request that needs it: most deployments have mails only.
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { ChannelSecrets } from '../../shared/ports.ts';
import { requiredVariable } from '../environment.ts';
import { once } from './once.ts';

export function channelSecretsFrom(env: Environment): ChannelSecrets {
  const prefix = requiredVariable(env, 'channelSecretsPrefix');
  const secrets = once(async () => {
    const { createSsmSecrets } = await import('../../adapters/ssm/channel-secrets.ts');
    return createSsmSecrets({ prefix, clock: wallClock });
  });
  return {
    getSecret: async (id) => (await secrets()).getSecret(id),
    putSecret: async (id, secret) => (await secrets()).putSecret(id, secret),
    removeSecret: async (id) => (await secrets()).removeSecret(id),
  };
}
