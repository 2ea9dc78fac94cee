// The API and the links in mails on the parts of this machine.
import { verifierLoadedLater } from '../adapters/http/verifier-loaded-later.ts';
import { createRequestHandler } from '../lambdas/api.ts';
import { createOutputFeeds } from '../shared/api/output-feeds.ts';
import { createPublicLinks } from '../shared/api/public-links.ts';
import { withoutSuppressed } from '../shared/usecases/managing/checked-mailer.ts';
import { createOutboxMailer } from './aws/local-ports.ts';
import { composeSending } from './compose-sending.ts';
import { createSecretFiles } from './data-folder/secret-files.ts';
import type { InstanceParts } from './instance.ts';

type RequestHandler = (request: Request) => Promise<Response>;

/** Once the page is served, where that is to happen: the links in mails lead there. */
export function composeApi(parts: InstanceParts): RequestHandler {
  const { stores, pollQueue, localMail, keptMails, clock, settings, web } = parts;
  const { log } = parts.telemetry('api');
  const verifyFeed = verifierLoadedLater(({ createFeedVerifier }) => createFeedVerifier(settings, web));
  return createRequestHandler({
    ...stores,
    ...composeSending(parts),
    pollQueue,
    operatorSubscriptions: null,
    mailer: withoutSuppressed(createOutboxMailer(parts.outbox, { from: parts.sender }), stores.suppressions),
    localMail,
    keptMails,
    clock,
    settings,
    log,
    verifyFeed,
    publicUrl: () => parts.publicUrl.current(),
  });
}

/** What is open to those who know a secret address: the links in mails, and outputs. */
export function composePublicLinks(parts: InstanceParts): RequestHandler {
  const { stores, localMail, clock, settings, telemetry, publicUrl, folder } = parts;
  const ports = { ...stores, localMail, clock, settings };
  const channelSecrets = createSecretFiles(folder);
  const links = createPublicLinks({ ...ports, channelSecrets, log: telemetry('public-links').log });
  const outputs = createOutputFeeds({
    ...ports,
    log: telemetry('output-feeds').log,
    publicUrl: () => publicUrl.current(),
  });
  return (request) => (new URL(request.url).pathname.startsWith('/f/') ? outputs(request) : links(request));
}
