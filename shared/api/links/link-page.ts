// A page behind a link in a message: plain HTML without a script, for phones and large screens, light and dark.
import { escapeHtml, html, type Markup } from '../../alerts/html.ts';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

const STYLE = `:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 20%,transparent);--soft:color-mix(in srgb,currentColor 68%,transparent);--link:light-dark(#1f4e8c,#9cc2f5)}
*{box-sizing:border-box}body{font:1.05rem/1.5 system-ui,sans-serif;max-width:42rem;margin:0 auto;padding:1.5rem 1.25rem 4rem;overflow-wrap:anywhere;background:light-dark(#fff,#16181c);color:light-dark(#1c2024,#e8eaed)}
h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0 1rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}a{color:var(--link)}
.soft{color:var(--soft);font-size:.95rem}.notice{border:1px solid var(--line);border-inline-start:4px solid var(--link);border-radius:6px;padding:.75rem 1rem}
blockquote{margin:.75rem 0;padding-inline-start:1rem;border-inline-start:4px solid var(--line)}mark{background:#ffe08a;color:#1c2024;font-weight:600;padding:0 .1em;border-radius:2px}
ul{list-style:none;padding:0;margin:.5rem 0}li{padding:.75rem 0;border-top:1px solid var(--line)}li p,p.setting{margin:.25rem 0}
.row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between}.row>:first-child{flex:1 1 12rem}form{margin:0}.buttons{display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0}
button{font:inherit;color:inherit;background:light-dark(#f3f4f6,#24272d);border:1px solid light-dark(#8a93a0,#6d7683);border-radius:6px;min-height:2.75rem;padding:.35rem 1rem;cursor:pointer}
button.main{background:#1f4e8c;border-color:#1f4e8c;color:#fff}fieldset{border:0;margin:0;padding:0}legend{padding:0}label{display:block;padding:.4rem 0}input{width:1.15rem;height:1.15rem;margin:0 .5rem 0 0;vertical-align:-.15rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:.75rem 0;font-size:.95rem}dt{color:var(--soft)}dd{margin:0;min-width:0}code{font-size:.9em}
@media(max-width:26rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}`;

/** `title`: plain text, also the heading unless the body brings its own. */
export function linkPage(
  status: number,
  title: string,
  body: Markup,
  {
    hasHeading = false,
    headers = {},
  }: { readonly hasHeading?: boolean; readonly headers?: Record<string, string> } = {},
): Response {
  const heading = hasHeading ? null : html`<h1>${title}</h1>`;
  const { source } = html`<main>${heading}${body}</main>`;
  const text = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)} – Tocsin</title><style>${STYLE}</style></head><body>${source}</body></html>`;
  return new Response(text, {
    status,
    headers: { ...HEADERS, 'content-length': String(Buffer.byteLength(text)), ...headers },
  });
}

/** A page that only says something. */
export const messagePage = (
  status: number,
  title: string,
  words: string,
  headers: Record<string, string> = {},
): Response => linkPage(status, title, html`<p>${words}</p>`, { headers });

/** Of a subscription that has ended. */
export const NO_MORE = 'You will receive no more alerts from it.';

export const notFound = (words: string): Response => messagePage(404, 'Not found', words);

/** The answer to a form that is none of the page's own. */
export const notUnderstood = (): Response =>
  messagePage(400, 'Not understood', 'Nothing was changed. Open the link again.');

/** Its fields are hidden; `at` is a path, without it the page's own. */
export const button = (
  words: string,
  fields: Readonly<Record<string, string>>,
  { at, isMain = false }: { readonly at?: string; readonly isMain?: boolean } = {},
): Markup =>
  html`<form method="post"${at === undefined ? null : html` action="${at}"`}>${hiddenFields(fields)}<button type="submit"${isMain ? html` class="main"` : null}>${words}</button></form>`;

const hiddenFields = (fields: Readonly<Record<string, string>>): readonly Markup[] =>
  Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);

/** What an action has changed, above the page. */
export const notice = (words: string, undo: Markup | null = null): Markup =>
  html`<div class="notice row" role="status"><span dir="auto">${words}</span>${undo}</div>`;
