// Redraws docs/alert.png: an alert of the built-in sample feed, as one machine sends it, in a browser without a window.
// `npx node test/support/draw-alert.ts`; CHROMIUM names the browser where it is not `chromium` on the path.
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutboxEntry } from '../../local/mail/outbox.ts';
import { makeWorkplace } from './tocsin-process.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const PICTURE = join(ROOT, 'docs', 'alert.png');
const BROWSER = process.env['CHROMIUM'] ?? 'chromium';
/** CSS pixels, and how many of the picture each is wide. */
const SIZE = { width: 680, height: 632, scale: 1.5 };
const SUBJECT = '[Troop deployment] Norland to send mechanised brigade';

const place = makeWorkplace();
try {
  rmSync(join(place.folder, 'config'), { recursive: true });
  cpSync(join(ROOT, 'config', 'topics'), join(place.folder, 'config', 'topics'), { recursive: true });
  const { code, stderr } = await place.run('start', '--once');
  if (code !== 0) throw new Error(`tocsin start ended with ${code}: ${stderr}`);
  draw(alertIn(join(place.folder, '.tocsin', 'outbox')));
  process.stdout.write(`${PICTURE} is drawn: look at it before it is committed\n`);
} finally {
  await place.remove();
}

function alertIn(outbox: string): string {
  const entries = readFileSync(join(outbox, 'index.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as OutboxEntry);
  const alert = entries.find(({ subject }) => subject.startsWith(SUBJECT));
  if (alert === undefined) throw new Error(`no mail begins with "${SUBJECT}": is the sample feed another one now?`);
  return join(outbox, `${alert.number}.html`);
}

function draw(page: string): void {
  const { error, status, stderr } = spawnSync(
    BROWSER,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      `--user-data-dir=${join(place.folder, 'browser')}`,
      `--window-size=${SIZE.width},${SIZE.height}`,
      `--force-device-scale-factor=${SIZE.scale}`,
      `--screenshot=${PICTURE}`,
      `file://${page}`,
    ],
    { encoding: 'utf8' },
  );
  if (error !== undefined)
    throw new Error(`${BROWSER} cannot be started (${error.message}): name a Chromium in CHROMIUM`);
  if (status !== 0) throw new Error(`${BROWSER} ended with ${status}: ${stderr.slice(-500)}`);
}
