// The page on which a browser signs in with a token. Plain HTML, no script.
import { escapeHtml } from '../../shared/alerts/html.ts';

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:4rem auto;padding:0 1.25rem}input,button{font:inherit;width:100%;padding:.5rem;margin:.25rem 0 1rem;box-sizing:border-box}';
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HERE = 'http://here.invalid';

/** A page of this server as a header can name it, never another site's; the first page where the address is none. */
export function ownPath(path: string | null): string {
  const url = path === null || !/^\/(?![/\\])[^\s\\]*$/.test(path) ? null : URL.parse(path, HERE);
  return url === null || url.origin !== HERE || /^\/log(?:in|out)\b/.test(url.pathname)
    ? '/'
    : url.pathname + url.search;
}

export function loginPage(
  to: string,
  problem: { readonly status: number; readonly says: string; readonly waitSeconds?: number } | null = null,
): Response {
  const said = problem === null ? '' : `<p role="alert"><strong>${escapeHtml(problem.says)}</strong></p>`;
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sign in – Tocsin</title><style>${STYLE}</style></head><body><main><h1>Tocsin</h1>${said}<form method="post" action="/login"><input type="hidden" name="to" value="${escapeHtml(to)}"><label>Token <input name="token" type="password" autocomplete="current-password" required autofocus></label><button>Sign in</button></form><p>Your administrator makes a token with <code>tocsin tokens create NAME --role read</code>. On the machine itself, the address that the terminal shows signs you in.</p></main></body></html>`;
  return new Response(html, {
    status: problem?.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // Without a referrer a browser would send the form with `Origin: null`.
      'referrer-policy': 'same-origin',
      ...(problem?.waitSeconds === undefined ? {} : { 'retry-after': String(problem.waitSeconds) }),
    },
  });
}
