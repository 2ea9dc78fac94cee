// Bundles every function in one run of esbuild: ES modules for Node 24, one folder a function, ready to be a Lambda asset.
// One run takes a fraction of what one child process a function would.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import { build, buildSync } from 'esbuild';

export const FUNCTION_NAMES = [
  'schedule-polls',
  'poll-feeds',
  'match-articles',
  'send-alerts',
  'deliver-alerts',
  'sweep',
  'api',
  'public-links',
  'mail-events',
  'output-feeds',
  'configure',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Workers that a function starts by file name, beside its bundle. */
const WORKERS: Partial<Record<FunctionName, Readonly<Record<string, string>>>> = {
  'match-articles': { 'extraction-worker': 'adapters/articles/extraction-worker.ts' },
};

/** Packages that are never run in Lambda: see not-in-lambda.ts. */
export const ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
  [
    '@aws-sdk/credential-provider-ini',
    '@aws-sdk/credential-provider-process',
    '@aws-sdk/credential-provider-sso',
    '@aws-sdk/credential-provider-web-identity',
    'bowser',
    'xmlbuilder',
  ].map((name) => [name, join(ROOT, 'infra/not-in-lambda.ts')]),
);

function options(name: FunctionName, outDir: string): BuildOptions {
  const entries = { index: `lambdas/entries/${name}.ts`, ...WORKERS[name] };
  return {
    absWorkingDir: ROOT,
    entryPoints: Object.entries(entries).map(([out, source]) => ({ in: source, out })),
    outdir: join(outDir, name),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // Shared parts of lazily imported modules become files of their own, so that a cold start loads only what it needs.
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: ALIASES,
    minify: true,
    keepNames: false,
    legalComments: 'none',
    charset: 'utf8', // word lists of many scripts: escaped, each letter would take six bytes
    metafile: true,
    logLevel: 'warning',
    // Packages in CommonJS inside an ES module still ask for `require`.
    banner: {
      js: "import{createRequire as tocsinRequire}from'node:module';const require=tocsinRequire(import.meta.url);",
    },
  };
}

/**
 * Writes `<outDir>/<function>/index.mjs` for each name. `extraFiles` go beside the bundle (file name -> text).
 * Throws what esbuild throws, with its own report, when a source does not build.
 */
export function bundleFunctions(
  outDir: string,
  names: readonly FunctionName[] = FUNCTION_NAMES,
  extraFiles: Partial<Record<FunctionName, Readonly<Record<string, string>>>> = {},
): void {
  rmSync(outDir, { recursive: true, force: true });
  for (const name of names) {
    buildSync(options(name, outDir));
    for (const [file, text] of Object.entries(extraFiles[name] ?? {})) {
      mkdirSync(join(outDir, name), { recursive: true });
      writeFileSync(join(outDir, name, file), text);
    }
  }
}

/** Bytes of a function's bundle, per output file; for the bench. */
export async function bundleSizes(name: FunctionName, outDir: string): Promise<Readonly<Record<string, number>>> {
  const result = await build({ ...options(name, outDir), write: true });
  return Object.fromEntries(Object.entries(result.metafile?.outputs ?? {}).map(([file, { bytes }]) => [file, bytes]));
}
