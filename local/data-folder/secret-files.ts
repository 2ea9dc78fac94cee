// Secrets of channels in a file of the data folder that only its owner may read.
import type { ChannelSecrets } from '../../shared/ports.ts';

export const createSecretFiles = (): ChannelSecrets => ({
  getSecret: () => Promise.reject(new Error('not built yet')),
  putSecret: () => Promise.reject(new Error('not built yet')),
  removeSecret: () => Promise.reject(new Error('not built yet')),
});
