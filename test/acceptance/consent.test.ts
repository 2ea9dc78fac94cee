// People at the other end of a real mail server: asked, sent alerts once they agreed, forgotten on request. Real processes, nothing made up.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishedSubscription } from '../../shared/model/subscription.ts';
import { aSmtpServer, type TestSmtpServer } from '../support/smtp-server.ts';
import { makeWorkplace, type StartedTocsin, TROOPS_PACK, type Workplace } from '../support/tocsin-process.ts';
import { until } from '../support/waiting.ts';

const BEFORE = 'before@example.org';
const READER = 'reader@example.org';
const OUTBOX = 'outbox@tocsin.localhost';

describe('people who are subscribed on one machine', () => {
  let smtp: TestSmtpServer;
  let place: Workplace;
  let started: StartedTocsin;

  const stateOf = async (address: string): Promise<readonly string[]> =>
    (await place.json<readonly PublishedSubscription[]>('subscriptions', address)).map(({ state }) => state);
  const mailsTo = (address: string): readonly string[] =>
    smtp.received.filter(({ to }) => to.includes(address)).map(({ raw }) => raw.replace(/=\r?\n/g, ''));
  const linkTo = (address: string): string =>
    /http:\/\/127\.0\.0\.1:\d+\/u\/[\w-]+\/confirm\/[\w-]+/.exec(mailsTo(address).join('\n'))?.[0] ?? '';

  beforeAll(async () => {
    smtp = await aSmtpServer();
    const env: Record<string, string> = {};
    place = makeWorkplace(env);
    place.write('config/tocsin.yaml', 'mail:\n  from: alerts@example.org\n');
    place.write(
      'config/topics/test.yaml',
      TROOPS_PACK.replace('troops NEAR/8 deploy', 'troops OR sanctions OR treaty'),
    );
    await place.run('start', '--once', '--no-sample');
    await place.run('subscribe', 'email', BEFORE, '--topic', '*');
    expect(await stateOf(BEFORE)).toEqual(['active']);
    env['TOCSIN_SMTP_URL'] = `smtp://127.0.0.1:${smtp.port}`;
    started = place.start('--no-sample');
    await started.untilSaid(/token=/);
  }, 120_000);

  afterAll(async () => {
    await place.remove();
    await smtp.close();
  });

  it('are asked once mails leave it, and the outbox is not', async () => {
    const { stdout, stderr } = await place.run('subscribe', 'email', READER, '--topic', '*');
    await until(() => linkTo(READER) !== '');

    expect(stdout).toContain('will receive alerts for every topic by email once it agrees.');
    expect(stderr).toContain('A mail asks that address whether it agrees');
    expect(await Promise.all([stateOf(BEFORE), stateOf(READER), stateOf(OUTBOX)])).toEqual([
      ['unconfirmed'],
      ['unconfirmed'],
      ['active'],
    ]);
    expect(mailsTo(READER).join()).toMatch(/^List-Unsubscribe: <http:\/\/127\.0\.0\.1/m);
  }, 60_000);

  it('confirm by the button, not by opening the page', async () => {
    const page = await (await fetch(linkTo(READER))).text();
    expect(page).toContain('One click left');
    expect(await stateOf(READER)).toEqual(['unconfirmed']);

    await fetch(linkTo(READER), { method: 'POST', body: new URLSearchParams({ action: 'confirm' }) });

    expect(await stateOf(READER)).toEqual(['active']);
    expect(mailsTo(BEFORE).every((mail) => mail.includes('confirm your subscription'))).toBe(true);
  }, 60_000);

  it('get alerts from then on, and those who did not answer get none', async () => {
    await started.stop();
    await place.run('start', '--once');

    expect(mailsTo(READER).filter((mail) => mail.includes('Troop_deployment')).length).toBeGreaterThan(1);
    expect(new Set(mailsTo(BEFORE).map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1]?.trim()))).toEqual(
      new Set(['Tocsin: confirm your subscription']),
    );
  }, 60_000);

  it('are forgotten with their mails, and nothing of them is left in the data folder but in the database', async () => {
    const { code, stdout } = await place.run('forget', READER);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Deleted: 1 subscription, [1-9]\d* records? of what was sent, [1-9]\d* mails? in the outbox\./,
    );
    expect(await stateOf(READER)).toEqual([]);
    expect(await stateOf(BEFORE)).toEqual(['unconfirmed']);
    const index = readFileSync(join(place.folder, '.tocsin/outbox/index.jsonl'), 'utf8');
    expect([index.includes(READER), index.includes(BEFORE)]).toEqual([false, true]);
    expect(readFileSync(join(place.folder, '.tocsin/tocsin.log'), 'utf8')).not.toContain(READER);
  }, 60_000);
});
