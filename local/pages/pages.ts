// The outbox of one machine, in plain HTML without a script: mails as they were sent, or would be.

import { escapeHtml } from '../../shared/alerts/html.ts';
import { roleOf } from '../../shared/api/access.ts';
import { timeInWords, UTC } from '../../shared/text/zoned-time.ts';
import type { Outbox, OutboxEntry } from '../mail/outbox.ts';

export interface PageParts {
  readonly outbox: Outbox;
}

/** A mail may bring its own inline style and nothing else; it is shown in a frame that runs no script. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox; frame-ancestors 'self'";

const STYLE = `:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--soft:color-mix(in srgb,currentColor 62%,transparent)}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
nav{display:flex;gap:1.25rem;align-items:baseline;border-bottom:1px solid var(--line);padding-bottom:.75rem;margin-bottom:1.5rem}nav strong{font-size:1.15rem;margin-right:auto}
h1{font-size:1.35rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}a{color:inherit}ul{list-style:none;padding:0;margin:0}li{padding:.85rem 0;border-bottom:1px solid var(--line)}
mark{background:#ffe58a;color:#1a1a1a;padding:0 .1em;border-radius:2px}.meta{color:var(--soft);font-size:.9rem}.chip{border:1px solid var(--line);border-radius:1rem;padding:.05rem .6rem;font-size:.82rem}
.head{font-weight:600;text-decoration:none}.figures{display:flex;flex-wrap:wrap;gap:.75rem;padding:0}.figures div{border:1px solid var(--line);border-radius:.6rem;padding:.6rem 1rem;min-width:8rem}.figures b{display:block;font-size:1.4rem}
iframe{flex:1;width:100%;min-height:12rem;border:1px solid var(--line);border-radius:.6rem;background:#fff}.framed{display:flex;flex-direction:column;height:100vh;height:100dvh;padding-bottom:1rem}.framed main{flex:1;display:flex;flex-direction:column;min-height:0}.framed nav{margin-bottom:.75rem}.framed h1,.framed p{margin:0 0 .5rem;overflow-wrap:anywhere}pre{white-space:pre-wrap;border:1px solid var(--line);border-radius:.6rem;padding:1rem}p.passage{margin:.35rem 0}`;

export async function handlePage(request: Request, parts: PageParts): Promise<Response | null> {
  const { pathname } = new URL(request.url);
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  // Its mails have links that change subscriptions for whoever opens them.
  if (/^\/outbox(?:\/|$)/.test(pathname) && roleOf(request) !== 'admin') return page('Outbox', FOR_ADMINS, false, 403);
  if (pathname === '/outbox') return page('Outbox', outboxList(parts.outbox.list()));
  const mail = /^\/outbox\/(\d+)(?:\/(html|txt|eml))?$/.exec(pathname);
  if (mail === null) return null;
  const [, number = '', form] = mail;
  if (form === undefined) return mailPage(Number(number), parts.outbox);
  const body = parts.outbox.read(Number(number), form as 'html' | 'txt' | 'eml');
  if (body === null) return null;
  // Otherwise a link would open inside the frame, which shows only this server's pages.
  const shown = form === 'html' ? body.replace('<head>', '<head><base target="_blank">') : body;
  const type = { html: 'text/html', txt: 'text/plain', eml: 'message/rfc822' }[form as 'html' | 'txt' | 'eml'];
  return new Response(shown, {
    headers: { ...SAFE, 'content-type': `${type}; charset=utf-8`, 'content-security-policy': MAIL_POLICY },
  });
}

const FOR_ADMINS = '<h1>Outbox</h1><p>Mails have links that act for their readers, so only an admin sees them.</p>';
const SAFE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** `isFramed`: the page is as high as the window, and what is in its frame is scrolled there. */
function page(title: string, body: string, isFramed = false, status = 200): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} – Tocsin</title><style>${STYLE}</style></head><body${isFramed ? ' class="framed"' : ''}><nav><strong>Tocsin</strong><a href="/">Stories</a><a href="/outbox">Outbox</a></nav><main>${body}</main></body></html>`;
  return new Response(html, {
    status,
    headers: { ...SAFE, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY },
  });
}

function outboxList(entries: readonly OutboxEntry[]): string {
  if (entries.length === 0) return '<h1>Outbox</h1><p>No mail yet.</p>';
  const row = ({ number, subject, to, at, via }: OutboxEntry): string =>
    `<li><a class="head" dir="auto" href="/outbox/${number}">${escapeHtml(subject)}</a><br><span class="meta">to ${escapeHtml(to)} · ${timeInWords(at, UTC)} · ${via === 'smtp' ? 'sent by SMTP' : 'kept here'}</span></li>`;
  return `<h1>Outbox</h1><ul>${entries.map(row).join('')}</ul>`;
}

function mailPage(number: number, outbox: Outbox): Response | null {
  const entry = outbox.list().find((each) => each.number === number);
  if (entry === undefined) return null;
  const html = outbox.read(number, 'html');
  const body =
    html === null
      ? `<pre dir="auto">${escapeHtml(outbox.read(number, 'txt') ?? '')}</pre>`
      : `<iframe title="The mail" src="/outbox/${number}/html"></iframe>`;
  return page(
    entry.subject,
    `<h1 dir="auto">${escapeHtml(entry.subject)}</h1><p class="meta">to ${escapeHtml(entry.to)} · ${timeInWords(entry.at, UTC)} · <a href="/outbox/${number}/txt">as text</a> · <a href="/outbox/${number}/eml">as file</a></p>${body}`,
    html !== null,
  );
}
