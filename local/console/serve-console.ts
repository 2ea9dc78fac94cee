// Serves the console: the page at each of its addresses, and the files that it loads, under a policy that lets nothing else in.
import type { ConsoleFile, ConsoleFiles } from './build.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** Addresses of views; what is behind the first part is for the script. */
const VIEWS = /^\/(?:$|(?:stories|sources|deliveries|status)(?:\/|$))/;

/** Answers null for what is none of the console's. `build` is called once, at the first request, and again after it failed. */
export function createConsole(build: () => Promise<ConsoleFiles>): (request: Request) => Promise<Response | null> {
  let built: Promise<ConsoleFiles> | null = null;
  const files = (): Promise<ConsoleFiles> => {
    built ??= build().catch((error) => {
      built = null;
      throw error;
    });
    return built;
  };
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (request.method !== 'GET' && request.method !== 'HEAD') return null;
    if (VIEWS.test(pathname)) return answer((await files()).page, 'no-store');
    if (!pathname.startsWith('/console/')) return null;
    const asset = (await files()).assets.get(pathname);
    return asset === undefined ? null : answer(asset, 'private, max-age=31536000, immutable');
  };
}

const answer = ({ body, type }: ConsoleFile, cacheControl: string): Response =>
  new Response(body, {
    headers: {
      'content-type': type,
      'cache-control': cacheControl,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  });
