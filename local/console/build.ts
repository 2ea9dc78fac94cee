// The console's files, built from web/ when they are first asked for: one script, one style sheet, named after their content, and the page.
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';

export interface ConsoleFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

export interface ConsoleFiles {
  /** The page; it is the same for every address of the console. */
  readonly page: ConsoleFile;
  /** By path: `/console/main-3f2a….js`. Their content never changes. */
  readonly assets: ReadonlyMap<string, ConsoleFile>;
}

const WEB = fileURLToPath(new URL('../../web/', import.meta.url));

/** Takes a fraction of a second and ends its helper process. Throws what esbuild throws when web/ cannot be built. */
export async function buildConsole(): Promise<ConsoleFiles> {
  const esbuild = await import('esbuild');
  try {
    const { outputFiles } = await esbuild.build({
      entryPoints: [`${WEB}main.ts`, `${WEB}style.css`],
      outdir: WEB,
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      target: 'es2023',
      legalComments: 'none',
      logLevel: 'silent',
    });
    const assets = new Map<string, ConsoleFile>();
    const named = (ending: string, type: string): string => {
      const body = outputFiles.find(({ path }) => path.endsWith(ending))?.contents ?? new Uint8Array();
      const path = `/console/${hashOf(body)}${ending}`;
      assets.set(path, { body: new Uint8Array(body), type });
      return path;
    };
    const script = named('.js', 'text/javascript; charset=utf-8');
    const style = named('.css', 'text/css; charset=utf-8');
    return { page: pageWith(script, style), assets };
  } finally {
    await esbuild.stop();
  }
}

const hashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex').slice(0, 16);

const pageWith = (script: string, style: string): ConsoleFile => ({
  type: 'text/html; charset=utf-8',
  body: new TextEncoder().encode(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tocsin</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${style}"><script type="module" src="${script}"></script></head>
<body><div id="console"></div><noscript>The console needs JavaScript. Without it, the same is shown by <code>npm run tocsin -- stories</code> and the other commands.</noscript></body></html>
`),
});
