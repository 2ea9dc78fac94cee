// Posts messages to webhooks and chat services through the guarded fetcher.
import type { ChannelSender } from '../../shared/ports.ts';

export const createChannelSender = (): ChannelSender => ({
  send: () => Promise.reject(new Error('not built yet')),
});
