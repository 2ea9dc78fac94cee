// A mail server that refuses, as the operator of one machine sees it: on the terminal, in the log, in the records of the deliveries.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Delivery } from '../../shared/model/subscription.ts';
import { aSmtpServer, smtpReply, type TestSmtpServer } from '../support/smtp-server.ts';
import { type Finished, makeWorkplace, TROOPS_PACK, type Workplace } from '../support/tocsin-process.ts';

describe('tocsin start with a mail server that refuses', () => {
  let smtp: TestSmtpServer;
  let place: Workplace;
  let subscription: string;
  let refused: Finished;

  beforeAll(async () => {
    smtp = await aSmtpServer({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(smtpReply(535, '5.7.8 wrong password hunter2')),
    });
    place = makeWorkplace({ TOCSIN_SMTP_URL: `smtp://me:hunter2@127.0.0.1:${smtp.port}` });
    place.write('config/tocsin.yaml', 'mail:\n  from: alerts@example.org\n  confirm: false\n');
    place.write(
      'config/topics/test.yaml',
      TROOPS_PACK.replace('troops NEAR/8 deploy', 'troops OR sanctions OR treaty'),
    );
    await place.run('start', '--once', '--no-sample');
    ({ id: subscription } = await place.json<{ id: string }>('subscribe', 'email', 'desk@example.org', '--topic', '*'));
    refused = await place.run('start', '--once');
  }, 120_000);

  afterAll(async () => {
    await place.remove();
    await smtp.close();
  });

  it('starts anyway and says once why no mail is sent, however many fail', () => {
    const lines = refused.stdout.split('\n').filter((line) => line.includes('cannot be sent'));

    expect(refused.code).toBe(0);
    expect(lines).toEqual([
      expect.stringMatching(
        /problem {2}mails cannot be sent at the moment: 127\.0\.0\.1:\d+ refused the login: "535 5\.7\.8 wrong/,
      ),
    ]);
    expect(refused.stdout).toContain('Check user name and password in TOCSIN_SMTP_URL');
    expect(smtp.received).toEqual([]);
  });

  it('keeps the reason with each delivery, and does not hold it against the reader', async () => {
    const deliveries = await place.json<readonly Delivery[]>('deliveries', '--subscription', subscription);
    const { stdout } = await place.run('deliveries', '--subscription', subscription);

    expect(deliveries.length).toBeGreaterThan(1);
    // Another report of the same event waits while the first is tried, and one that mentions a topic in passing is not sent.
    const tried = deliveries.filter(({ state }) => !['held', 'filtered'].includes(state));
    expect(tried.length).toBeGreaterThan(1);
    for (const { state, attempts, reason } of tried) {
      expect({ state, attempts }).toEqual({ state: 'failed', attempts: 1 });
      expect(reason).toMatch(/^sender_refused: 127\.0\.0\.1:\d+ refused the login: "535 5\.7\.8 wrong/);
    }
    expect(stdout).toContain('Check user name and password in TOCSIN_SMTP_URL');
    expect(await place.json('subscriptions', 'desk@example.org')).toMatchObject([{ state: 'active' }]);
  });

  it('writes the reason to the log, and the password nowhere', () => {
    const log = readFileSync(join(place.folder, '.tocsin', 'tocsin.log'), 'utf8');

    expect(log).toMatch(/"message":"delivery failed for good".*refused the login/);
    for (const text of [log, refused.stdout, refused.stderr]) {
      expect(text).not.toContain('hunter2');
      expect(text).not.toContain('SES');
    }
  });

  it('is named by doctor while it runs, with the reason', async () => {
    const running = place.start('--no-sample');
    await running.untilSaid(/cannot be sent at the moment/);

    const { code, stdout } = await place.run('doctor');
    await running.stop();

    expect(code).toBe(1);
    expect(stdout).toMatch(/LOOK +mail server +127\.0\.0\.1:\d+ refused the login/);
  }, 60_000);
});
