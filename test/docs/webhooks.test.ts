// The receiver in docs/webhooks.md is run as it stands there.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChannelSender } from '../../adapters/channels/sender.ts';
import { createGuardedFetch } from '../../adapters/http/guarded-fetch.ts';
import { withNextKey } from '../../shared/channels/webhook.ts';
import { aClock } from '../support/builders.ts';
import { alertEvent, alertMessage, secretOf } from '../support/channel-messages.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const [, RECEIVER = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, 'docs/webhooks.md'), 'utf8')) ?? [];

let folder: string;
let receiver: ChildProcess | undefined;
beforeEach(() => {
  // Below the project, where its packages are found.
  folder = mkdtempSync(join(ROOT, 'test', '.receiver-'));
});
afterEach(() => {
  receiver?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts it with the key; what it prints, line by line. */
async function startReceiver(key: string) {
  writeFileSync(join(folder, 'receiver.mjs'), RECEIVER);
  const child = spawn(process.execPath, ['receiver.mjs'], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', TOCSIN_WEBHOOK_KEY: key, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  receiver = child;
  const lines: string[] = [];
  const port = await new Promise<number>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      lines.push(...chunk.toString().split('\n').filter(Boolean));
      const [, found] = /^port (\d+)$/.exec(lines[0] ?? '') ?? [];
      if (found !== undefined) resolve(Number(found));
    });
  });
  return { lines, origin: `http://127.0.0.1:${port}` };
}

describe('the receiver of the documentation', () => {
  it('takes a call once, and refuses one that is signed with another key', async () => {
    const placeholder = secretOf('webhook', 'http://127.0.0.1:1');
    const { lines, origin } = await startReceiver(placeholder.signingKeys?.[0]?.key ?? '');
    const fetch = createGuardedFetch({ allowHosts: [new URL(origin).host], userAgent: 'test' });
    const clock = aClock(new Date().toISOString());
    const sender = createChannelSender({ fetch, clock });
    const secret = { ...placeholder, url: `${origin}/` };
    const message = { ...alertMessage(), event: alertEvent() };

    const receipt = await sender.send('webhook', secret, message);
    await sender.send('webhook', withNextKey(secret, clock.now()), message);
    const { signingKeys: _, ...rest } = withNextKey(secret, clock.now());
    const stranger = { ...rest, signingKeys: secretOf('webhook').signingKeys ?? [] };
    const refused = await sender.send('webhook', stranger, message).catch((error: unknown) => error);
    fetch.close();

    expect(receipt).toEqual({ state: 'delivered', providerId: '' });
    expect(refused).toMatchObject({ code: 'message_refused', message: 'the webhook answered 401' });
    expect(lines.slice(1)).toEqual(['Troop deployment: Norland & Sudland <send> *brigade* to the [river] border']);
  });
});
