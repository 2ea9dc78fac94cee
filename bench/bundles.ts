// Size and load time of each function, beside a handler that does nothing but hold a DynamoDB client. Load time is that of importing the bundle
// in a fresh process, less what an empty module takes.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bundleSizes, FUNCTION_NAMES } from '../infra/bundle.ts';
import { heading, median, tell } from './report.ts';

const ROUNDS = 9;
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const GOALS = { size: 2.5, load: 2 } as const;

const HELLO = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
let client;
export const handler = async () => { client ??= new DynamoDBClient({}); return 'hello'; };`;

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bundles-'));
  try {
    const hello = await bundleHello(folder);
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, 'export const handler = async () => {};');
    const bundles = await Promise.all(
      FUNCTION_NAMES.map(async (name) => {
        const sizes = Object.entries(await bundleSizes(name, folder));
        return { name, file: join(folder, name, 'index.mjs'), bytes: loadedBytes(sizes) };
      }),
    );
    const times = loadTimes([empty, hello, ...bundles.map(({ file }) => file)]);
    const nothing = times.get(empty) ?? 0;
    const helloTime = (times.get(hello) ?? 0) - nothing;
    const helloBytes = statSync(hello).size;
    heading('Functions beside a handler with only the DynamoDB client');
    tell('hello: size', helloBytes / 1_000, 'KB');
    tell('hello: load', helloTime, 'ms');
    for (const { name, file, bytes } of bundles) {
      tell(`${name}: size, times hello`, bytes / helloBytes, `(${Math.round(bytes / 1_000)} KB)`, { most: GOALS.size });
      const time = (times.get(file) ?? 0) - nothing;
      tell(`${name}: load, times hello`, time / helloTime, `(${Math.round(time)} ms)`, { most: GOALS.load });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of files that no cold start loads: the worker that reads pages, and what verifies a feed before the API adds it. */
const LOADED_LATER = /worker|feed-verifier/;

const loadedBytes = (sizes: readonly (readonly [string, number])[]): number =>
  sizes.filter(([file]) => !LOADED_LATER.test(basename(file))).reduce((sum, [, bytes]) => sum + bytes, 0);

async function bundleHello(folder: string): Promise<string> {
  mkdirSync(join(folder, 'hello'));
  const outfile = join(folder, 'hello', 'index.mjs');
  await build({
    stdin: { contents: HELLO, resolveDir: ROOT, loader: 'js' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  return outfile;
}

/** Milliseconds of each import, the middle of several; in turns, so that whatever else the machine does weighs on all. */
function loadTimes(files: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number[]>(files.map((file) => [file, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const file of files) times.get(file)?.push(loadTime(file));
  }
  return new Map([...times].map(([file, all]) => [file, median(all)]));
}

function loadTime(file: string): number {
  const url = JSON.stringify(pathToFileURL(file).href);
  const script = `const began = process.cpuUsage(); await import(${url}); const { user, system } = process.cpuUsage(began); console.log((user + system) / 1000);`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    env: { ...process.env, AWS_REGION: 'us-east-1' },
  });
  if (status !== 0) throw new Error(`${file} cannot be loaded: ${stderr}`);
  return Number(stdout.trim());
}
