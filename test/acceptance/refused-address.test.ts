// An address that the mail server of one machine refuses: the first time that mail fails, the second time nothing more is sent to it.
import { hasReached } from '../../shared/model/delivery-states.ts';
import type { Delivery, PublishedSubscription } from '../../shared/model/subscription.ts';
import { aSmtpServer, smtpReply, type TestSmtpServer } from '../support/smtp-server.ts';
import { makeWorkplace, TROOPS_PACK, type Workplace } from '../support/tocsin-process.ts';

const GONE = 'gone@example.org';
const DESK = 'desk@example.org';

describe('tocsin start with a mail server that refuses an address', () => {
  let smtp: TestSmtpServer;
  let place: Workplace;

  beforeAll(async () => {
    smtp = await aSmtpServer({
      onRcptTo: ({ address }, _session, done) =>
        address === GONE ? done(smtpReply(550, `5.1.1 <${GONE}>: no such user`)) : done(),
    });
    place = makeWorkplace({ TOCSIN_SMTP_URL: `smtp://127.0.0.1:${smtp.port}` });
    place.write('config/tocsin.yaml', 'mail:\n  from: alerts@example.org\n  confirm: false\n');
    place.write(
      'config/topics/test.yaml',
      TROOPS_PACK.replace('troops NEAR/8 deploy', 'troops OR sanctions OR treaty'),
    );
    await place.run('start', '--once', '--no-sample');
    for (const address of [GONE, DESK]) await place.run('subscribe', 'email', address, '--topic', '*');
    await place.run('start', '--once');
  }, 180_000);

  afterAll(async () => {
    await place.remove();
    await smtp.close();
  });

  const subscriptionOf = async (address: string): Promise<PublishedSubscription> =>
    (await place.json<readonly [PublishedSubscription]>('subscriptions', address))[0];

  it('suppresses it after the second mail, with the words of the server and without the address', async () => {
    const { id, state, stateReason } = await subscriptionOf(GONE);
    const deliveries = await place.json<readonly Delivery[]>('deliveries', '--subscription', id);
    const failed = deliveries.filter((delivery) => delivery.state === 'failed');

    expect(state).toBe('suppressed');
    expect(stateReason).toMatch(
      /^the mail server refused the address twice: .*"550 5\.1\.1 <\(address\)>: no such user"/,
    );
    // Two, and those that were under way at that moment.
    expect(failed.length).toBeGreaterThanOrEqual(2);
    for (const { reason } of failed) expect(reason).toMatch(/^delivery_refused: .*550 5\.1\.1 <\(address\)>/);
    expect(deliveries.filter(hasReached)).toEqual([]);
  });

  it('holds nothing against others', async () => {
    expect((await subscriptionOf(DESK)).state).toBe('active');
    expect(smtp.received.length).toBeGreaterThan(1);
    expect(new Set(smtp.received.flatMap(({ to }) => to))).toEqual(new Set([DESK]));
  });

  it('lists the address as a hash, refuses it when it subscribes, and sends to it again when that is lifted', async () => {
    const { stdout } = await place.run('suppressions');
    const again = await place.run('subscribe', 'email', GONE, '--topic', '*');
    const lifted = await place.run('suppressions', 'remove', GONE);

    expect(stdout).toContain('refused');
    expect(stdout).toContain((await subscriptionOf(GONE)).id);
    expect(stdout).not.toContain('@');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('tocsin suppressions remove ADDRESS')]);
    expect(lifted.stdout).toContain('mail to gone@example.org is sent again');
    expect((await subscriptionOf(GONE)).state).toBe('active');
  });
});
