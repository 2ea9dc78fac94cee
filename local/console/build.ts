// The console's files, built from web/ when they are first asked for: one script, one style sheet, named after their content, and the page.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Environment } from '../../shared/core/environment.ts';
import { childEnvironment } from '../system/child-environment.ts';

export interface ConsoleFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

export interface ConsoleFiles {
  /** The page; it is the same for every address of the console. */
  readonly page: ConsoleFile;
  /** By path: `/console/3f2a….js`. Their content never changes. */
  readonly assets: ReadonlyMap<string, ConsoleFile>;
}

const BUILDER = fileURLToPath(new URL('build-files.ts', import.meta.url));
const MOST_BYTES = 16 * 1024 * 1024;

/** Takes half a second. Throws when web/ cannot be built. */
export async function buildConsole(env: Environment): Promise<ConsoleFiles> {
  const { stdout } = await promisify(execFile)(process.execPath, [BUILDER], {
    maxBuffer: MOST_BYTES,
    env: childEnvironment(env),
  });
  const { script, style } = JSON.parse(stdout) as { readonly script: string; readonly style: string };
  const assets = new Map<string, ConsoleFile>();
  const named = (text: string, ending: string, type: string): string => {
    const body = new TextEncoder().encode(text);
    const path = `/console/${createHash('sha256').update(body).digest('hex').slice(0, 16)}${ending}`;
    assets.set(path, { body, type });
    return path;
  };
  const page = pageWith(
    named(script, '.js', 'text/javascript; charset=utf-8'),
    named(style, '.css', 'text/css; charset=utf-8'),
  );
  return { page, assets };
}

const pageWith = (script: string, style: string): ConsoleFile => ({
  type: 'text/html; charset=utf-8',
  body: new TextEncoder().encode(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tocsin</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${style}"><script type="module" src="${script}"></script></head>
<body><div id="console"></div><noscript>The console needs JavaScript. Without it, the same is shown by <code>npm run tocsin -- stories</code> and the other commands.</noscript></body></html>
`),
});
