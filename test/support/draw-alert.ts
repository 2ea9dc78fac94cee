// Redraws docs/alert.png: an alert of the built-in sample feed, as one machine sends it, in a browser without a window.
// `npx node test/support/draw-alert.ts`; CHROMIUM names the browser where it is not `chromium` on the path.
// With a folder as its argument it draws every kind of mail into it instead, at 320, 600 and 1200 px, light and dark; further arguments name the
// kinds that are wanted.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OutboxEntry } from '../../local/mail/outbox.ts';
import { mailKinds } from './mail-kinds.ts';
import { makeWorkplace } from './tocsin-process.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const PICTURE = join(ROOT, 'docs', 'alert.png');
const BROWSER = process.env['CHROMIUM'] ?? 'chromium';
/** CSS pixels, and how many of the picture each is wide. */
const SIZE = { width: 680, height: 632, scale: 1.5 };
const SUBJECT = '[Troop deployment] Norland to send mechanised brigade';

/** CSS pixels. */
const WIDTHS = [320, 600, 1200];
const TALLEST = 1_500;

const [folder, ...kinds] = process.argv.slice(2);
if (folder === undefined) await drawSample();
else drawKinds(folder, kinds);

async function drawSample(): Promise<void> {
  const place = makeWorkplace();
  try {
    rmSync(join(place.folder, 'config'), { recursive: true });
    cpSync(join(ROOT, 'config', 'topics'), join(place.folder, 'config', 'topics'), { recursive: true });
    const { code, stderr } = await place.run('start', '--once');
    if (code !== 0) throw new Error(`tocsin start ended with ${code}: ${stderr}`);
    draw(alertIn(join(place.folder, '.tocsin', 'outbox')), PICTURE, SIZE);
    process.stdout.write(`${PICTURE} is drawn: look at it before it is committed\n`);
  } finally {
    await place.remove();
  }
}

/** One picture for each kind, all widths beside each other, light above dark. A frame has a width of its own, however wide the window is. */
function drawKinds(into: string, wanted: readonly string[]): void {
  const work = mkdtempSync(join(tmpdir(), 'tocsin-mails-'));
  mkdirSync(into, { recursive: true });
  try {
    for (const [kind, { html }] of Object.entries(mailKinds())) {
      if (wanted.length > 0 && !wanted.includes(kind)) continue;
      writeFileSync(join(work, 'light.html'), html);
      writeFileSync(join(work, 'dark.html'), html.replace('@media (prefers-color-scheme: dark)', '@media all'));
      for (const shade of ['light', 'dark']) {
        const frames = WIDTHS.map(
          (width) =>
            `<iframe src="${shade}.html" width="${width}" height="${TALLEST}" scrolling="no" frameborder="0"></iframe>`,
        );
        writeFileSync(
          join(work, 'sheet.html'),
          `<body style="margin:0;display:flex;gap:20px;background:#808">${frames.join('')}`,
        );
        const size = { width: WIDTHS.reduce((sum, width) => sum + width + 20, 0), height: TALLEST, scale: 0.75 };
        draw(join(work, 'sheet.html'), join(into, `${kind}-${shade}.png`), size);
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
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

function draw(page: string, picture: string, { width, height, scale }: typeof SIZE): void {
  const profile = mkdtempSync(join(tmpdir(), 'tocsin-browser-'));
  const { error, status, stderr } = spawnSync(
    BROWSER,
    [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      '--allow-file-access-from-files',
      `--user-data-dir=${profile}`,
      `--window-size=${width},${height}`,
      `--force-device-scale-factor=${scale}`,
      `--screenshot=${picture}`,
      `file://${page}`,
    ],
    { encoding: 'utf8' },
  );
  rmSync(profile, { recursive: true, force: true });
  if (error !== undefined)
    throw new Error(`${BROWSER} cannot be started (${error.message}): name a Chromium in CHROMIUM`);
  if (status !== 0) throw new Error(`${BROWSER} ended with ${status}: ${stderr.slice(-500)}`);
}
