import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox } from '../../local/mail/outbox.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-outbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const aMail = (id: string) => ({
  from: 'tocsin@example.org',
  to: 'desk@example.org',
  subject: id,
  text: id,
  html: null,
  headers: { 'X-Tocsin-Delivery': id },
});

describe('the outbox', () => {
  it('keeps a mail that comes twice once, also after a restart', async () => {
    await new Outbox(folder, null).take(aMail('one'));

    const again = new Outbox(folder, null);
    await again.take(aMail('one'));
    await again.take(aMail('two'));

    expect(again.list().map(({ number, subject }) => [number, subject])).toEqual([
      [2, 'two'],
      [1, 'one'],
    ]);
    expect(again.read(2, 'txt')).toBe('two');
  });

  it('knows a mail that comes twice though the sender has changed in between', async () => {
    const outbox = new Outbox(folder, null);
    await outbox.take(aMail('one'));

    await outbox.take({ ...aMail('one'), from: 'tocsin@example.com' });

    expect(outbox.list().map(({ messageId }) => messageId)).toEqual(['one@example.org']);
  });

  it('gives mails that come at once a number each', async () => {
    const outbox = new Outbox(folder, null);

    await Promise.all(['one', 'two', 'three'].map((id) => outbox.take(aMail(id))));

    expect(outbox.list().map(({ number }) => number)).toEqual([3, 2, 1]);
  });

  it('says that it cannot keep a mail, and would keep it later', async () => {
    const outbox = new Outbox(join(folder, 'box'), null);
    rmSync(join(folder, 'box'), { recursive: true });

    await expect(outbox.take(aMail('one'))).rejects.toThrow(/the outbox could not keep a mail: .*ENOENT/);
    mkdirSync(join(folder, 'box'));
    await outbox.take(aMail('one'));

    expect(outbox.list().map(({ number }) => number)).toEqual([1]);
  });

  it('loses its oldest mails when there are more than 5,000, and numbers the next as before', async () => {
    const outbox = new Outbox(folder, null);
    for (let i = 1; i <= 5_500; i++) await outbox.take(aMail(`mail ${i}`));

    await outbox.take(aMail('the next'));

    expect(outbox.list()).toHaveLength(5_001);
    expect(outbox.list()[0]).toMatchObject({ number: 5_501, subject: 'the next' });
    expect(outbox.read(500, 'txt')).toBeNull();
    expect(outbox.read(501, 'txt')).toBe('mail 501');
    expect(new Outbox(folder, null).list()).toHaveLength(5_001);
  }, 60_000);
});
