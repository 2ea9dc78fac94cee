// Every command of docs/operations.md, run from top to bottom as an operator would, on a server that is a folder. Programs of the system (sudo,
// systemctl, git, npm ci …) are stand-ins; Tocsin, its units, mails and backups are real.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { type LoopbackWeb, serveWeb } from '../support/loopback.ts';
import { TROOPS_PACK } from '../support/tocsin-process.ts';
import { until } from '../support/waiting.ts';
import { type Places, placesOf } from './places.ts';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const PAGE = 'docs/operations.md';
const STAND_INS = ['useradd', 'install', 'systemctl', 'journalctl', 'git', 'npm', 'nginx', 'caddy', 'curl'];

interface Block {
  readonly line: number;
  readonly kind: string;
  readonly content: string;
}

interface Run {
  readonly code: number | null;
  readonly output: string;
}

/** The page's sections in their order: blocks, and the commands inside sentences as blocks of their own. */
function sectionsOf(page: string): readonly { readonly title: string; readonly blocks: readonly Block[] }[] {
  const text = readFileSync(join(PROJECT, page), 'utf8');
  const pattern = /^## (?<title>[^\n]+)$|^```(?<kind>\w+)\n(?<content>.*?)^```$|`(?<inline>tocsin [^`]+)`/gmsu;
  const sections: { title: string; blocks: Block[] }[] = [];
  for (const { index, groups = {} } of text.matchAll(pattern)) {
    const { title, kind = 'sh', content, inline = '' } = groups;
    const line = text.slice(0, index).split('\n').length;
    if (title !== undefined) sections.push({ title, blocks: [] });
    else sections.at(-1)?.blocks.push({ line, kind, content: content ?? inline });
  }
  return sections;
}

/** Exit codes that a command may have beside 0, as the page says: `diff` finds differences. */
const mayEndWith = (block: Block, code: number | null): boolean =>
  code === 0 || (code === 1 && block.content.startsWith('diff '));

const published: { title: string; at: Date }[] = [];
const mails: string[] = [];
let root: string;
let publisher: LoopbackWeb;
let smtp: SMTPServer;
let port: number;
let env: Record<string, string>;
let places: Places;

const feedOf = (): string =>
  `<rss version="2.0"><channel><title>Wire</title>${published
    .map(
      ({ title, at }, index) =>
        `<item><guid>${index}</guid><title>${title}</title><link>${publisher.origin}/${index}</link><pubDate>${at.toUTCString()}</pubDate><description>The ministry will deploy troops to the border.</description></item>`,
    )
    .join('')}</channel></rss>`;

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tocsin-server-')));
  publisher = await serveWeb((request, response) => {
    if (request.url === '/feed.xml') response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feedOf());
    else response.writeHead(404).end();
  });
  smtp = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: (_auth, _session, done) => done(null, { user: 'user' }),
    onData(stream, { envelope }, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => {
        mails.push(`${envelope.rcptTo.map(({ address }) => address).join()}\n${text}`);
        done();
      });
    },
  });
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  port = await freePort();
  env = {
    PATH: `${join(root, 'usr/local/bin')}:${join(root, 'bin')}:${process.env['PATH']}`,
    HOME: root,
    STAND_IN_ROOT: root,
    STAND_IN_PORT: String(port),
    STAND_IN_SMTP: `127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    STAND_IN_FEED: `${publisher.origin}/feed.xml`,
  };
  places = placesOf(env);
  makeServer();
  published.push({ title: 'First report', at: new Date() });
}, 60_000);

afterAll(async () => {
  await sh('systemctl stop tocsin');
  await new Promise<void>((resolve) => smtp.close(() => resolve()));
  await publisher.close();
  rmSync(root, { recursive: true, force: true });
}, 60_000);

/** The folders of an empty server, the stand-ins, and the program where `git clone` would put it. */
function makeServer(): void {
  for (const folder of [
    'bin',
    'opt',
    'etc/systemd/system',
    'etc/nginx/conf.d',
    'etc/caddy',
    'usr/local/bin',
    'var/backups',
  ]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const program = join(root, 'opt', 'tocsin');
  mkdirSync(program);
  for (const name of ['cli', 'docs', 'package.json', 'package-lock.json', 'node_modules']) {
    symlinkSync(join(PROJECT, name), join(program, name));
  }
  // One small pack: what the shipped ones find is tested elsewhere.
  mkdirSync(join(program, 'config/topics'), { recursive: true });
  writeFileSync(join(program, 'config/topics/test.yaml'), TROOPS_PACK);
  for (const name of ['tocsin.yaml', 'feeds.opml'])
    cpSync(join(PROJECT, 'config', name), join(program, 'config', name));
  writeProgram(
    'sudo',
    'while :; do case $1 in -u) shift 2 ;; *=*) export "$1"; shift ;; *) break ;; esac; done\nexec "$@"',
  );
  for (const name of STAND_INS) {
    writeProgram(name, `exec "${process.execPath}" "${join(PROJECT, 'test/docs/stand-in.ts')}" ${name} "$@"`);
  }
}

function writeProgram(name: string, script: string): void {
  writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(root, 'bin', name), 0o755);
}

async function sh(script: string): Promise<Run> {
  const child = spawn('bash', ['-euo', 'pipefail', '-c', places.rewrite(`${script}\n`)], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

/** What an operator does in an editor. */
function edit(file: string, change: (text: string) => string): void {
  const path = join(root, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

const publishAndPoll = async (title: string): Promise<void> => {
  published.push({ title, at: new Date() });
  const feeds = JSON.parse((await sh('tocsin feeds list --json')).output) as
    | { id: string }[]
    | { items: { id: string }[] };
  const [feed] = Array.isArray(feeds) ? feeds : feeds.items;
  const token = readFileSync(join(root, 'var/lib/tocsin/data/token'), 'utf8').trim();
  const answer = await fetch(`http://127.0.0.1:${port}/v1/feeds/${feed?.id}/poll`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(202);
};

/** The reader was subscribed while mails stayed on the machine, and is asked once they leave it. */
const confirmAsReader = async (): Promise<void> => {
  const link = /\/u\/[\w-]+\/confirm\/[\w-]+/;
  const asked = () => mails.map((mail) => mail.replace(/=\r?\n/g, '')).find((mail) => link.test(mail));
  await until(() => asked() !== undefined);
  const form = { method: 'POST', body: new URLSearchParams({ action: 'confirm' }) };
  const answer = await fetch(`http://127.0.0.1:${port}${link.exec(asked() ?? '')?.[0]}`, form);
  expect(await answer.text()).toContain('You will receive alerts from now on.');
};

/** What the operator does before a block (by the section's title and the block's number), where the page says it in words. */
const before: Readonly<Record<string, () => Promise<void> | void>> = {
  'Install 2': () => {
    edit(
      'etc/tocsin/feeds.opml',
      () =>
        `<opml version="2.0"><body><outline type="rss" text="Wire" xmlUrl="${publisher.origin}/feed.xml"/></body></opml>`,
    );
    edit('etc/tocsin/tocsin.yaml', (text) => text.replace('allowHosts: []', `allowHosts: ['${publisher.pair}']`));
  },
  'Mail 2': () =>
    edit('etc/tocsin/tocsin.yaml', (text) => text.replace(/^ {2}from: .*$/m, '  from: Tocsin <tocsin@example.org>')),
};

/** What holds after a section. */
const after: Readonly<Record<string, (outputs: readonly string[]) => Promise<void>>> = {
  Install: async (outputs) => {
    expect(outputs.at(-1)).toMatch(/Wire/);
  },
  'Run it as a service': async (outputs) => {
    const said = outputs.join('');
    expect(said).toContain('tocsin: active');
    expect(said).toContain('First report');
    expect(said).toMatch(/analyst@example\.org/);
  },
  Mail: async () => {
    expect(readFileSync(join(root, 'etc/tocsin/environment'), 'utf8')).toContain(
      `TOCSIN_SMTP_URL=smtp://user:password@127.0.0.1:`,
    );
  },
  'Reverse proxy': async () => {
    await confirmAsReader();
    await publishAndPoll('Second report');
    await until(() => mails.some((mail) => mail.startsWith('analyst@example.org\n') && mail.includes('Second report')));
    expect(mails.join('')).toMatch(/^From: .*tocsin@example\.org/m);
    expect(mails.join('')).toMatch(/List-Unsubscribe: <https:\/\/tocsin\.example\.org\/u\//);
  },
  Logs: async (outputs) => {
    expect(outputs[0]).toMatch(/Tocsin watches 1 feed for 1 topic/);
    expect(outputs[0]).not.toContain(readFileSync(join(root, 'var/lib/tocsin/data/token'), 'utf8').trim());
  },
  Monitoring: async (outputs) => {
    expect(outputs.join('')).toMatch(/^tocsin_\w+/m);
  },
  Backup: async () => {
    const files = readdirSync(join(root, 'var/backups/tocsin'));
    expect(files.filter((name) => name.endsWith('.backup'))).toHaveLength(2);
    expect(files).toContain('configuration.tar.gz');
  },
  Restore: async (outputs) => {
    expect(outputs.at(-1)).toContain('Second report');
  },
  Upgrade: async () => {
    expect((await sh('tocsin matches')).output).toContain('Second report');
  },
  Repair: async () => {
    expect((await sh('tocsin subscriptions')).output).not.toContain('analyst@example.org');
    expect(existsSync(join(root, 'var/lib/tocsin/data/tocsin.sqlite.broken'))).toBe(true);
  },
};

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;
const sections = sectionsOf(PAGE);

describeOnLinux(PAGE, () => {
  it('has commands in each section but the first', () => {
    expect(sections.filter(({ blocks }) => blocks.length > 0).map(({ title }) => title)).toEqual(Object.keys(after));
  });

  for (const { title, blocks } of sections) {
    describe(title, () => {
      const outputs: string[] = [];
      blocks.forEach((block, index) => {
        it(`line ${block.line}: ${block.content.split('\n')[0]}`, async () => {
          await before[`${title} ${index + 1}`]?.();
          if (block.kind !== 'sh') return;
          const { code, output } = await sh(block.content);
          outputs.push(output);
          if (!mayEndWith(block, code)) throw new Error(`exit code ${code}\n${output}`);
        }, 120_000);
      });
      const holds = after[title];
      if (holds !== undefined) it('did what it says', () => holds(outputs), 120_000);
    });
  }
});
