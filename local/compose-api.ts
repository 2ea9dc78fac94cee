// The API and the links in mails on the parts of this machine.
import { verifierLoadedLater } from '../adapters/http/verifier-loaded-later.ts';
import { createRequestHandler } from '../lambdas/api.ts';
import { createPublicLinks } from '../shared/api/public-links.ts';
import { createLocalDeliveryQueue } from './aws/local-ports.ts';
import type { InstanceParts } from './instance.ts';

type RequestHandler = (request: Request) => Promise<Response>;

export function composeApi(parts: InstanceParts): RequestHandler {
  const { stores, pollQueue, queues, snsSubscriptions, clock, settings, web } = parts;
  const { log } = parts.telemetry('api');
  const verifyFeed = verifierLoadedLater(({ createFeedVerifier }) => createFeedVerifier(settings, web));
  return createRequestHandler({
    ...stores,
    pollQueue,
    deliveryQueue: createLocalDeliveryQueue(queues),
    snsSubscriptions,
    operatorSubscriptions: null,
    clock,
    settings,
    log,
    verifyFeed,
  });
}

export const composePublicLinks = ({ stores, clock, settings, telemetry }: InstanceParts): RequestHandler =>
  createPublicLinks({ ...stores, clock, settings, log: telemetry('public-links').log });
