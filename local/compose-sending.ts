// What sends to subscribers on this machine, for the handlers and for the API, which sends tests and asks new addresses.
import { createChannelSender } from '../adapters/channels/sender.ts';
import { alertLinksUnder } from '../shared/alerts/alert-links.ts';
import { createLocalDeliveryQueue } from './aws/local-ports.ts';
import { createSecretFiles } from './data-folder/secret-files.ts';
import type { InstanceParts } from './instance.ts';

/** Once the page is served, where that is to happen: the links in mails lead there. */
export const composeSending = ({ queues, snsSubscriptions, folder, web, clock, publicUrl }: InstanceParts) => ({
  deliveryQueue: createLocalDeliveryQueue(queues),
  snsSubscriptions,
  channelSender: createChannelSender({ fetch: web.fetch, clock }),
  channelSecrets: createSecretFiles(folder),
  alertLinks: alertLinksUnder(publicUrl.current() ?? undefined),
});
