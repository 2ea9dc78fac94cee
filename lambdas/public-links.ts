// The links in mails. A GET shows a page and changes nothing, since scanners follow links; a POST acts at once (RFC 8058: no login,
// no cookie, no redirect). The 256-bit token is the authority.
import type { Telemetry } from '../adapters/log/powertools.ts';
import { createPublicLinks, type PublicLinkPorts } from '../shared/api/public-links.ts';
import { createHttpHandler, type HttpHandler } from './http-event.ts';

export type PublicLinksDependencies = Telemetry & PublicLinkPorts;

export const createHandler = (dependencies: PublicLinksDependencies): HttpHandler =>
  createHttpHandler(createPublicLinks(dependencies), dependencies);
