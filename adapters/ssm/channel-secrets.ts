// Secrets of channels in the SSM Parameter Store, as SecureString.
import type { ChannelSecrets } from '../../shared/ports.ts';

export const createSsmSecrets = (): ChannelSecrets => ({
  getSecret: () => Promise.reject(new Error('not built yet')),
  putSecret: () => Promise.reject(new Error('not built yet')),
  removeSecret: () => Promise.reject(new Error('not built yet')),
});
