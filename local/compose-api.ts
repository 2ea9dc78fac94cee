// The API and the links in mails on the parts of this machine.
import { createRequestHandler } from '../lambdas/api.ts';
import { createPublicLinks } from '../shared/api/public-links.ts';
import type { VerifiedFeed } from '../shared/usecases/managing/verify-feed.ts';
import type { InstanceParts } from './instance.ts';

type RequestHandler = (request: Request) => Promise<Response>;

export function composeApi(parts: InstanceParts): RequestHandler {
  const { stores, pollQueue, snsSubscriptions, clock, settings } = parts;
  const { log } = parts.telemetry('api');
  const verifyFeed = verifierLoadedLater(parts);
  return createRequestHandler({ ...stores, pollQueue, snsSubscriptions, clock, settings, log, verifyFeed });
}

export const composePublicLinks = ({ stores, clock, telemetry }: InstanceParts): RequestHandler =>
  createPublicLinks({ ...stores, clock, log: telemetry('public-links').log });

/** A question while nothing runs should not wait until what reads feeds is loaded. */
function verifierLoadedLater({ settings, web }: InstanceParts): (address: string) => Promise<VerifiedFeed> {
  let verifier: ((address: string) => Promise<VerifiedFeed>) | undefined;
  return async (address) => {
    const { createFeedVerifier } = await import('../adapters/http/feed-verifier.ts');
    verifier ??= createFeedVerifier(settings, web);
    return verifier(address);
  };
}
