// Whoever writes a request outside adapters/http is stopped by `npm run lint`, in whatever form it is written.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const BIOME = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');

/** Lints these sources by the project's rules, as if they stood in it; gives the files that are refused. */
function refused(sources: Readonly<Record<string, string>>): ReadonlySet<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lint-'));
  try {
    for (const name of ['biome.json', 'requests.grit']) cpSync(join(ROOT, name), join(folder, name));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [file, source] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), source);
    }
    const options = ['lint', '--error-on-warnings', '--vcs-enabled=false', '--max-diagnostics=none', '--colors=off'];
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIOME, ...options, '.'], { cwd: folder });
    const told = `${stdout}${stderr}`;
    if (status === null || !told.includes('Checked')) throw new Error(`biome did not run: ${told}`);
    return new Set(Object.keys(sources).filter((file) => told.includes(`${file}:`)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const use = (line: string): string => `${line}\nexport const ask = () => get('https://example.org');\n`;

const REQUESTS: Readonly<Record<string, string>> = {
  'a named import': use("import { get } from 'node:https';"),
  'a default import': "import https from 'node:https';\nexport const ask = () => https.get('https://example.org');\n",
  'a namespace': "import * as http from 'node:http';\nexport const ask = () => http.get('http://example.org');\n",
  'an import without node:': use("import { get } from 'https';"),
  'a lazy import': "export const ask = async () => (await import('node:https')).get('https://example.org');\n",
  'a lazy import of a name': "export const ask = async (name = 'node:https') => (await import(name)).get('x');\n",
  'an export of the module': "export * from 'node:https';\n",
  'an export of its parts': "export { request } from 'node:http';\n",
  'require of another kind':
    "import { createRequire } from 'node:module';\nexport const ask = () => createRequire(import.meta.url)('node:https').get('x');\n",
  'a builtin without an import': "export const ask = () => process.getBuiltinModule('node:https').get('x');\n",
  'HTTP/2': "import { connect } from 'node:http2';\nexport const ask = () => connect('https://example.org');\n",
  'a bare socket': "import { connect } from 'node:net';\nexport const ask = () => connect(80, 'example.org');\n",
  'a TLS socket': "import { connect } from 'node:tls';\nexport const ask = () => connect(443, 'example.org');\n",
  undici: use("import { request as get } from 'undici';"),
  'a file of undici': use("import { request as get } from 'undici/index.js';"),
  fetch: "export const ask = () => fetch('https://example.org');\n",
  'fetch of the global object': "export const ask = () => globalThis.fetch('https://example.org');\n",
  'fetch by its name': "export const ask = () => globalThis['fetch']('https://example.org');\n",
  'fetch under another name': 'const { fetch: get } = globalThis;\nexport const ask = () => get("x");\n',
  'a web socket': "export const ask = () => new WebSocket('wss://example.org');\n",
  "a parser's own request":
    "import Parser from 'rss-parser';\nexport const ask = () => new Parser().parseURL('https://example.org');\n",
};

const FOLDERS = ['shared/feeds', 'adapters/sqs', 'lambdas', 'infra', 'local', 'cli/commands'];

const ALLOWED: Readonly<Record<string, string>> = {
  'adapters/http/example.ts': REQUESTS['a named import'] ?? '',
  'local/server.ts': "import { createServer } from 'node:http';\nexport const serve = () => createServer();\n",
  'local/find.ts':
    "import { createRequire } from 'node:module';\nexport const find = () => createRequire(import.meta.url).resolve('x');\n",
  'cli/lazy.ts': "export const load = () => import('./server.ts');\n",
};

describe('lint', () => {
  it('refuses a request outside adapters/http, however it is written and wherever', () => {
    const forms = Object.values(REQUESTS).flatMap((source, form) =>
      FOLDERS.map((folder) => [`${folder}/form-${form}.ts`, source] as const),
    );

    const found = refused(Object.fromEntries(forms));

    const passed = forms.filter(([file]) => !found.has(file)).map(([file, source]) => `${file}: ${source}`);
    expect(passed).toEqual([]);
  });

  it('lets the fetcher itself through, a server of our own, and finding a package', () => {
    expect([...refused(ALLOWED)]).toEqual([]);
  });
});
