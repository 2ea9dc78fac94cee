import { createSmtpMailer } from '../../../adapters/smtp/mailer.ts';
import type { Mail } from '../../../shared/model/alert.ts';
import { alertMailOf } from '../../support/alert-mails.ts';
import { aMatch } from '../../support/builders.ts';
import { aSmtpServer } from '../../support/smtp-server.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** An SMTP server that keeps what it is sent, and a mailer that sends to it. */
async function aSink(from = 'alerts@example.org') {
  const { received, port, close } = await aSmtpServer();
  closers.push(close);
  const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${port}`, from, replyTo: 'desk@example.org' });
  return { received, mailer };
}

function aMail(title = 'Конвой пересёк реку', change: Partial<Mail> = {}): Mail {
  return { ...alertMailOf({ ...aMatch(), article: { ...aMatch().article, title } }), ...change };
}

const headBlock = (raw: string): string => raw.slice(0, raw.indexOf('\r\n\r\n'));
/** Name and unfolded value of each header, in order. */
const headersOf = (block: string): [string, string][] =>
  block
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
const valuesOf = (raw: string, name: string): string[] =>
  headersOf(headBlock(raw)).flatMap(([key, value]) => (key === name ? [value] : []));
/** RFC 2047. */
const decodeWords = (value: string): string =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
      Buffer.from(
        kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : unquote(text.replaceAll('_', ' ')),
      ).toString('utf8'),
    );
const unquote = (text: string): Buffer =>
  Buffer.from(
    text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** The decoded body of each part, by content type. */
function partsOf(raw: string): Record<string, string> {
  const boundary = /boundary="?([^";\r\n]+)/.exec(raw)?.[1] ?? '';
  const parts = raw.split(`--${boundary}`).slice(1, -1);
  return Object.fromEntries(
    parts.map((part) => {
      const text = part.replace(/^\r\n/, '');
      const head = Object.fromEntries(headersOf(headBlock(text)));
      const body = text.slice(text.indexOf('\r\n\r\n') + 4);
      const encoding = head['content-transfer-encoding'] ?? '7bit';
      const bytes =
        encoding === 'base64'
          ? Buffer.from(body, 'base64')
          : encoding === 'quoted-printable'
            ? unquote(body)
            : Buffer.from(body, 'latin1');
      return [
        (head['content-type'] ?? '').split(';')[0] ?? '',
        bytes.toString('utf8').replaceAll('\r\n', '\n').trimEnd(),
      ];
    }),
  );
}

describe('mail by SMTP', () => {
  it.each([
    ['a file of this machine', { path: '/etc/hostname' }, /File access rejected/],
    ['a page', { href: 'http://127.0.0.1:1/' }, /Url access rejected/],
  ])('never takes its text from %s', async (_what, text, refused) => {
    const { received, mailer } = await aSink();

    const failure = await mailer.sendMail(aMail('x', { text: text as never })).catch((error: unknown) => error);

    expect((failure as Error).message).toMatch(refused);
    expect(received).toEqual([]);
  });

  it('arrives as it was composed: both bodies, headers, a Message-ID of ours', async () => {
    const { received, mailer } = await aSink();
    const sent = aMail();

    const { messageId } = await mailer.sendMail(sent);

    expect(messageId).toBe(sent.messageId);
    const [{ from, to, raw } = { from: '', to: [], raw: '' }] = received;
    expect([from, to]).toEqual(['alerts@example.org', ['reader@example.org']]);
    expect(valuesOf(raw, 'from')).toEqual(['Tocsin <alerts@example.org>']);
    expect(valuesOf(raw, 'to')).toEqual(['reader@example.org']);
    expect(valuesOf(raw, 'reply-to')).toEqual(['desk@example.org']);
    expect(valuesOf(raw, 'subject').map(decodeWords)).toEqual(['[River crossings] Конвой пересёк реку — Example News']);
    expect(valuesOf(raw, 'message-id')).toEqual([`<${sent.messageId}>`]);
    for (const [name, value] of Object.entries(sent.headers)) {
      expect([name, valuesOf(raw, name.toLowerCase())]).toEqual([name, [value]]);
    }
    expect(partsOf(raw)).toEqual({ 'text/plain': sent.text.trimEnd(), 'text/html': sent.html.trimEnd() });
  });

  it('does not fold the unsubscribe address', async () => {
    const { received, mailer } = await aSink();

    await mailer.sendMail(aMail());

    expect(received[0]?.raw).toContain(
      '\r\nList-Unsubscribe: <https://links.example.org/u/token-of-subscription-1>\r\n',
    );
  });

  it.each([
    'Bcc\r\nBcc: victim@example.org',
    'A\nTo: victim@example.org',
    'A\r\n\r\n<script>body</script>',
    '=?UTF-8?Q?=0D=0ABcc:_victim@example.org?=',
    `A${'\r\n '.repeat(20)}B`,
    `${'long'.repeat(2_000)}`,
    '\u0000\u0007\u001b[2J',
    '"; filename=x\r\nContent-Type: text/x',
    '\u202egnp.exe\u2028Bcc: victim@example.org',
  ])('keeps to its headers and lines with the headline %j', async (title) => {
    const { received, mailer } = await aSink();

    await mailer.sendMail(aMail(title));

    const [{ to, raw } = { to: [], raw: '' }] = received;
    expect(to).toEqual(['reader@example.org']);
    const names = headersOf(headBlock(raw)).map(([name]) => name);
    for (const name of [
      'subject',
      'to',
      'from',
      'message-id',
      'date',
      'content-type',
      'mime-version',
      'list-unsubscribe',
    ]) {
      expect(names.filter((one) => one === name)).toEqual([name]);
    }
    expect(names.filter((name) => /^(bcc|cc)$/.test(name))).toEqual([]);
    expect(Math.max(...raw.split('\r\n').map(({ length }) => length))).toBeLessThanOrEqual(998);
    expect(raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(raw).not.toContain('\0');
  });

  it('takes a display name from the sender', async () => {
    const { received, mailer } = await aSink('News Desk <desk@example.org>');

    await mailer.sendMail(aMail());

    expect(valuesOf(received[0]?.raw ?? '', 'from')).toEqual(['News Desk <desk@example.org>']);
  });
});
