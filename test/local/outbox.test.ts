import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Outbox, type OutboxEntry } from '../../local/mail/outbox.ts';
import { OUTBOX_ADDRESS } from '../../local/mail/received-mail.ts';
import type { Mail } from '../../shared/model/alert.ts';
import { aClock, START } from '../support/builders.ts';

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
    const entry = (number: number): string =>
      JSON.stringify({
        number,
        at: START,
        to: 'desk@example.org',
        subject: '',
        via: 'outbox',
        messageId: `${number}@x`,
      });
    const known = Array.from({ length: 5_498 }, (_, index) => `${entry(index + 1)}\n`);
    writeFileSync(join(folder, 'index.jsonl'), known.join(''));
    for (const number of [1, 500, 501])
      for (const form of ['eml', 'html', 'txt']) writeFileSync(join(folder, `${number}.${form}`), `mail ${number}`);
    const outbox = new Outbox(folder, null);
    await outbox.take(aMail('a mail'));
    const before = [outbox.list().length, outbox.read(1, 'txt')];
    await outbox.take(aMail('a mail more'));

    await outbox.take(aMail('the next'));

    expect(before).toEqual([5_499, 'mail 1']);
    for (const form of ['eml', 'html', 'txt'] as const) expect(outbox.read(1, form)).toBeNull();

    expect(outbox.list()).toHaveLength(5_001);
    expect(outbox.list()[0]).toMatchObject({ number: 5_501, subject: 'the next' });
    expect(outbox.read(500, 'txt')).toBeNull();
    expect(outbox.read(501, 'txt')).toBe('mail 501');
    expect(new Outbox(folder, null).list()).toHaveLength(5_001);
  });

  it('tells its listeners of each mail, with when and to whom it came', async () => {
    const outbox = new Outbox(folder, null, aClock());
    const heard: OutboxEntry[] = [];
    outbox.onMail((entry) => heard.push(entry));

    const id = await outbox.take(aMail('one'));
    await outbox.take(aMail('one'));

    expect(id).toBe('one@example.org');
    expect(heard).toEqual([
      { number: 1, at: START, to: 'desk@example.org', subject: 'one', via: 'outbox', messageId: 'one@example.org' },
    ]);
    expect(outbox.read(1, 'eml')).toMatch(/^From: tocsin@example\.org\r\nTo: desk@example\.org\r\n/m);
    expect(outbox.read(1, 'html')).toBeNull();
  });

  it('hands mails to the mail server, but not those to itself', async () => {
    const sent: (Mail & { messageId?: string })[] = [];
    const outbox = new Outbox(folder, {
      sendMail: async (mail) => ({ providerId: String(sent.push(mail)), messageId: mail.messageId }),
    });

    await outbox.take(aMail('one'));
    await outbox.take({ ...aMail('two'), html: '<p>two</p>' });
    await outbox.take({ ...aMail('one'), to: OUTBOX_ADDRESS });

    expect(sent.map(({ to, html, messageId }) => [to, html, messageId])).toEqual([
      ['desk@example.org', '', 'one@example.org'],
      ['desk@example.org', '<p>two</p>', 'two@example.org'],
    ]);
    expect(outbox.list().map(({ to, via }) => [to, via])).toEqual([
      [OUTBOX_ADDRESS, 'outbox'],
      ['desk@example.org', 'smtp'],
      ['desk@example.org', 'smtp'],
    ]);
  });

  it('takes mails without a delivery, such as those that ask for a confirmation, as often as they come', async () => {
    const outbox = new Outbox(folder, null, aClock());

    for (let mails = 0; mails < 2; mails += 1) await outbox.take({ ...aMail('confirm'), headers: {} });

    expect(outbox.list().map(({ messageId }) => messageId)).toEqual([
      `${Date.parse(START)}.1@example.org`,
      `${Date.parse(START)}.0@example.org`,
    ]);
  });

  it('forgets the mails to an address, in any case of letters, and keeps the others', async () => {
    const outbox = new Outbox(folder, null);
    for (const to of ['desk@example.org', 'other@example.org', 'Desk@Example.org'])
      await outbox.take({ ...aMail(to), to });

    expect(outbox.forget('DESK@example.org')).toBe(2);
    expect(outbox.forget('DESK@example.org')).toBe(0);

    for (const box of [outbox, new Outbox(folder, null)])
      expect(box.list().map(({ number, to }) => [number, to])).toEqual([[2, 'other@example.org']]);
    expect(outbox.read(1, 'txt')).toBeNull();
    expect(outbox.read(3, 'eml')).toBeNull();
    expect(outbox.read(2, 'txt')).not.toBeNull();
  });

  it('reads an index whose last line a crash has cut off', async () => {
    await new Outbox(folder, null).take(aMail('one'));
    writeFileSync(join(folder, 'index.jsonl'), '\n{"number":2,"to":"de', { flag: 'a' });

    expect(new Outbox(folder, null).list().map(({ number }) => number)).toEqual([1]);
  });
});
