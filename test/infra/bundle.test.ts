// What is left out of the bundles is not missed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { ALIASES } from '../../infra/bundle.ts';

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
