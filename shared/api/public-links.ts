// Ending a subscription by the link in its mails.
import { escapeHtml } from '../alerts/html.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Clock, Log, SubscriptionStore } from '../ports.ts';
import { unsubscribeByToken } from '../usecases/managing/unsubscribe.ts';
import { withoutBodyForHead } from './representation.ts';

export interface PublicLinkPorts {
  readonly subscriptions: SubscriptionStore;
  readonly clock: Clock;
  readonly log: Log;
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const TOKEN = /^\/u\/([A-Za-z0-9_-]{20,100})$/;

/** Never throws. The page does not show whose subscription a token ends. */
export const createPublicLinks =
  (ports: PublicLinkPorts) =>
  async (request: Request): Promise<Response> =>
    withoutBodyForHead(request, await pageFor(request, ports));

async function pageFor(request: Request, ports: PublicLinkPorts): Promise<Response> {
  try {
    const token = TOKEN.exec(new URL(request.url).pathname)?.[1];
    if (token === undefined) return page(404, 'Not found', 'This link is incomplete. Copy all of it from the mail.');
    if (request.method === 'POST') return ended(await unsubscribeByToken(ports, token));
    if (request.method === 'GET' || request.method === 'HEAD') return ask(await ports.subscriptions.getByToken(token));
    return page(405, 'Method not allowed', 'Open the link in a browser.', { headers: { allow: 'GET, HEAD, POST' } });
  } catch (error) {
    ports.log.error('a public link failed', { error });
    return page(
      503,
      'Temporarily unavailable',
      'Something failed on our side. Nothing was changed; please try again in a few minutes.',
    );
  }
}

function ask(subscription: Subscription | null): Response {
  if (subscription === null)
    return page(404, 'Not found', 'This subscription does not exist; it may have been removed.');
  if (subscription.state !== 'active')
    return page(200, 'Not subscribed', 'This subscription has ended. You will receive no more mail from it.');
  return page(200, 'Unsubscribe', `End all alerts of this subscription (${inWords(subscription)})?`, {
    form: '<form method="post"><button type="submit">Unsubscribe</button></form>',
  });
}

const ended = (subscription: Subscription | null): Response =>
  subscription === null
    ? page(404, 'Not found', 'This subscription does not exist; it may have been removed.')
    : page(200, 'Unsubscribed', 'The subscription has ended. You will receive no more mail from it.');

const inWords = ({ topics }: Subscription): string => (topics.includes('*') ? 'every topic' : topics.join(', '));

function page(
  status: number,
  title: string,
  text: string,
  { form = '', headers = {} }: { readonly form?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} – Tocsin</title><style>:root{color-scheme:light dark}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:34rem;margin:15vh auto;padding:0 1.25rem}button{font:inherit;padding:.5rem 1.25rem;cursor:pointer}</style></head><body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${form}</main></body></html>`;
  return new Response(html, {
    status,
    headers: { ...HEADERS, 'content-length': String(Buffer.byteLength(html)), ...headers },
  });
}
