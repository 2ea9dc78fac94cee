// What is left out of the bundles is not missed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { ALIASES, bundleFunctions, bundleSizes } from '../../infra/bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-bundle-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a script prints that is bundled as functions are, in an environment of its own. */
function run(contents: string, env: Readonly<Record<string, string>>): string {
  const outfile = join(folder, 'script.mjs');
  buildSync({
    stdin: { contents, resolveDir: ROOT },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    alias: ALIASES,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  });
  const { stdout, stderr } = spawnSync(process.execPath, [outfile], { encoding: 'utf8', env });
  expect(stderr).toBe('');
  return stdout.trim();
}

const CREDENTIALS = `
  import { defaultProvider } from '@aws-sdk/credential-provider-node';
  const found = await defaultProvider()().then(({ accessKeyId }) => accessKeyId, ({ message }) => message);
  console.log(found);`;

describe('a bundle', () => {
  it('takes its credentials from the environment, as Lambda gives them', () => {
    const found = run(CREDENTIALS, { AWS_ACCESS_KEY_ID: 'of the role', AWS_SECRET_ACCESS_KEY: 'x' });

    expect(found).toBe('of the role');
  });

  it('without credentials asks every other source, and says that there are none', () => {
    const found = run(CREDENTIALS, { AWS_EC2_METADATA_DISABLED: 'true', HOME: folder });

    expect(found).toMatch(/Could not load credentials|EC2 Instance Metadata Service access disabled/);
  });

  it('reads XML', () => {
    const title = run(
      `import Parser from 'rss-parser';
       const { items } = await new Parser().parseString('<rss version="2.0"><channel><item><title>Ferry sold</title></item></channel></rss>');
       console.log(items[0].title);`,
      {},
    );

    expect(title).toBe('Ferry sold');
  });
});

describe('what is left out', () => {
  it('is what a function in Lambda never runs: other sources of credentials, names of browsers, writing XML', () => {
    expect(Object.keys(ALIASES)).toEqual([
      '@aws-sdk/credential-provider-ini',
      '@aws-sdk/credential-provider-process',
      '@aws-sdk/credential-provider-sso',
      '@aws-sdk/credential-provider-web-identity',
      'bowser',
      'xmlbuilder',
    ]);
    expect(new Set(Object.values(ALIASES))).toEqual(new Set([join(ROOT, 'infra/not-in-lambda.ts')]));
  });
});

describe('the folder of a function', () => {
  it('holds its bundle and the files that go beside it, and nothing of before', async () => {
    const out = join(folder, 'out');
    mkdirSync(join(out, 'old'), { recursive: true });
    writeFileSync(join(out, 'old', 'index.mjs'), '');

    bundleFunctions(out, ['public-links'], { 'public-links': { 'note.txt': 'hello' }, api: { 'other.txt': '' } });

    expect(readdirSync(out)).toEqual(['public-links']);
    const files = readdirSync(join(out, 'public-links'));
    expect(files).toEqual(expect.arrayContaining(['index.mjs', 'note.txt']));
    expect(files.filter((file) => !/\.mjs$|^note\.txt$/.test(file))).toEqual([]);
    expect(readFileSync(join(out, 'public-links', 'note.txt'), 'utf8')).toBe('hello');

    const code = readFileSync(join(out, 'public-links', 'index.mjs'), 'utf8');
    expect(code.split(';', 2).join(';')).toBe(
      "import{createRequire as tocsinRequire}from'node:module';const require=tocsinRequire(import.meta.url)",
    );
    // Small: without comments, and without the names that functions had.
    expect(/\/\*!|@license|\b__name\b|createPublicLinks/.exec(code)).toBeNull();
    const { handler } = await import(pathToFileURL(join(out, 'public-links', 'index.mjs')).href);
    expect(handler).toBeInstanceOf(Function);
  });

  it('holds the worker that the function starts, and letters of every script as they are', async () => {
    const sizes = await bundleSizes('match-articles', join(folder, 'sizes'));
    const path = join(folder, 'sizes', 'match-articles');

    expect(Object.keys(sizes).map((file) => file.split('/').at(-1))).toEqual(
      expect.arrayContaining(['index.mjs', 'extraction-worker.mjs']),
    );
    expect(Object.values(sizes).sort()).toEqual(
      readdirSync(path)
        .map((file) => statSync(join(path, file)).size)
        .sort(),
    );
    const code = readdirSync(path).map((file) => readFileSync(join(path, file), 'utf8'));
    expect(code.some((text) => /\p{Script=Arabic}{3}/u.test(text))).toBe(true);
  });
});
