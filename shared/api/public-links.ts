// The pages behind the links in mails and other messages. GET shows, POST acts; the 256-bit token in the path is the authority.
import { InvalidInputError } from '../core/errors.ts';
import { confirmPage } from './links/confirm-page.ts';
import { messagePage, notFound } from './links/link-page.ts';
import { managePage } from './links/manage-page.ts';
import { matchPage } from './links/match-page.ts';
import { mutePage } from './links/mute-page.ts';
import { notRelevantPage } from './links/not-relevant-page.ts';
import type { PublicLinkPorts, Visit } from './links/visit.ts';
import { withoutBodyForHead } from './representation.ts';

export type { PublicLinkPorts } from './links/visit.ts';

/** What our forms send is a tenth of it. */
const MOST_BODY_BYTES = 8 * 1024;

const TOKEN = /^[A-Za-z0-9_-]{20,100}$/;
/** Ids of articles and topics. */
const LONGEST_ID = 200;

/** By the part of the path after the token. */
const PAGES: Readonly<Record<string, (visit: Visit, id: string) => Promise<Response>>> = {
  confirm: confirmPage,
  hit: matchPage,
  'not-relevant': notRelevantPage,
  mute: mutePage,
};

/** Never throws. No page shows an address in full. */
export const createPublicLinks =
  (ports: PublicLinkPorts) =>
  async (request: Request): Promise<Response> =>
    withoutBodyForHead(request, await pageFor(request, ports));

async function pageFor(request: Request, ports: PublicLinkPorts): Promise<Response> {
  try {
    return await answer(request, ports);
  } catch (error) {
    if (error instanceof InvalidInputError && error.code === 'asked_too_often')
      return messagePage(
        429,
        'Try again tomorrow',
        'Too many mails were asked for within a day, so none is sent now. Nothing was changed.',
      );
    if (error instanceof InvalidInputError)
      return messagePage(400, 'Not possible', `${error.message}. Nothing was changed.`);
    ports.log.error('a public link failed', { error });
    return messagePage(
      503,
      'Temporarily unavailable',
      'Something failed on our side. Nothing was changed; please try again in a few minutes.',
    );
  }
}

async function answer(request: Request, ports: PublicLinkPorts): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const asked = readPath(pathname);
  if (asked === null) return notFound('This link is incomplete. Copy the whole link.');
  const isPost = request.method === 'POST';
  if (!isPost && request.method !== 'GET' && request.method !== 'HEAD')
    return messagePage(405, 'Method not allowed', 'Open the link in a browser.', { allow: 'GET, HEAD, POST' });
  const form = isPost ? await formOf(request) : null;
  if (isPost && form === null) return messagePage(413, 'Too large', 'Nothing was changed. Open the link again.');
  const subscription = await ports.subscriptions.getByToken(asked.token);
  if (subscription === null) return notFound('This subscription does not exist; it may have been removed.');
  const timeZone = subscription.timeZone ?? ports.settings.mail.timeZone;
  return asked.show({ subscription, ports, timeZone, form, query: searchParams });
}

interface Asked {
  readonly token: string;
  readonly show: (visit: Visit) => Promise<Response>;
}

/** `/u/TOKEN` or `/u/TOKEN/PAGE/ID`; null for anything else. */
function readPath(pathname: string): Asked | null {
  const [before, first, token = '', page, encoded, ...rest] = pathname.split('/');
  if (before !== '' || first !== 'u' || !TOKEN.test(token) || rest.length > 0) return null;
  if (page === undefined) return { token, show: managePage };
  const showPage = Object.hasOwn(PAGES, page) ? PAGES[page] : undefined;
  const id = decoded(encoded ?? '');
  if (showPage === undefined || id === null) return null;
  return { token, show: (visit) => showPage(visit, id) };
}

function decoded(part: string): string | null {
  try {
    const id = decodeURIComponent(part);
    return id === '' || id.length > LONGEST_ID ? null : id;
  } catch {
    return null;
  }
}

/** Null when it is too large. What is not one of our forms has none of the fields that we know. */
async function formOf(request: Request): Promise<URLSearchParams | null> {
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BODY_BYTES) return null;
  const bytes = await request.arrayBuffer();
  return bytes.byteLength > MOST_BODY_BYTES ? null : new URLSearchParams(new TextDecoder().decode(bytes));
}
