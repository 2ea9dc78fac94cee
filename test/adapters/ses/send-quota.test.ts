import { SESv2Client } from '@aws-sdk/client-sesv2';
import { createSesSendQuota } from '../../../adapters/ses/send-quota.ts';
import { clientSettings } from '../../support/aws-json-server.ts';
import { aClock, later } from '../../support/builders.ts';
import { aLog } from '../../support/fakes.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';

const ACCOUNT = {
  DedicatedIpAutoWarmupEnabled: false,
  EnforcementStatus: 'HEALTHY',
  ProductionAccessEnabled: true,
  SendingEnabled: true,
  SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 1_200.5 },
};

let web: LoopbackWeb | undefined;
afterEach(async () => {
  await web?.close();
  web = undefined;
});

async function aQuota(account: () => { readonly status?: number; readonly body: object }) {
  web = await serveWeb((_request, response) => {
    const { status = 200, body } = account();
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  const clock = aClock();
  const log = aLog();
  const quota = createSesSendQuota({ client: new SESv2Client(clientSettings(web)), clock, log });
  return { quota, log, clock, asked: () => web?.requests.map(({ method, path }) => `${method} ${path}`) };
}

describe('what SES allows', () => {
  it.each([
    [ACCOUNT, { perSecond: 14, perDay: 50_000, leftToday: 48_799, isSandbox: false, isEnabled: true }],
    [
      {
        ...ACCOUNT,
        ProductionAccessEnabled: false,
        SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 230 },
      },
      { perSecond: 1, perDay: 200, leftToday: 0, isSandbox: true, isEnabled: true },
    ],
    [
      { ...ACCOUNT, SendingEnabled: false, SendQuota: { Max24HourSend: -1, MaxSendRate: 500, SentLast24Hours: 9 } },
      { perSecond: 500, perDay: null, leftToday: null, isSandbox: false, isEnabled: false },
    ],
  ])('is read from the account: %#', async (account, expected) => {
    const { quota, asked } = await aQuota(() => ({ body: account }));

    expect(await quota.read()).toEqual(expected);
    expect(asked()).toEqual(['GET /v2/email/account']);
  });

  it('is asked once in ten minutes, however many ask', async () => {
    const { quota, clock, asked } = await aQuota(() => ({ body: ACCOUNT }));

    await Promise.all([quota.read(), quota.read()]);
    clock.set(later(599_000));
    await quota.read();
    expect(asked()).toHaveLength(1);
    clock.set(later(600_000));
    await quota.read();
    expect(asked()).toHaveLength(2);
  });

  it('is asked again after the clock was set back', async () => {
    const { quota, clock, asked } = await aQuota(() => ({ body: ACCOUNT }));

    await quota.read();
    clock.set(later(-1));
    await quota.read();

    expect(asked()).toHaveLength(2);
  });

  it('is not known where it may not be asked, which is logged without an address', async () => {
    const body = { message: 'reader@example.org may not' };
    const { quota, log } = await aQuota(() => ({ status: 403, body }));

    expect(await quota.read()).toBeNull();
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'the limits of SES could not be read',
        fields: { error: '(address) may not' },
      },
    ]);
  });

  it.each([
    ['nothing', {}],
    ['no quotas', { ...ACCOUNT, SendQuota: undefined }],
    ['no rate', { ...ACCOUNT, SendQuota: { Max24HourSend: 200 } }],
    ['no limit of a day', { ...ACCOUNT, SendQuota: { MaxSendRate: 1 } }],
  ])('is not known where the answer says %s', async (_, body) => {
    const { quota, log } = await aQuota(() => ({ body }));

    expect(await quota.read()).toBeNull();
    expect(log.lines).toEqual([]);
  });

  it('is that of a sandbox, and of nothing sent, where SES does not say otherwise', async () => {
    const { quota } = await aQuota(() => ({ body: { SendQuota: { Max24HourSend: 200, MaxSendRate: 1 } } }));

    expect(await quota.read()).toEqual({
      perSecond: 1,
      perDay: 200,
      leftToday: 200,
      isSandbox: true,
      isEnabled: false,
    });
  });
});
