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
  const quota = createSesSendQuota({ client: new SESv2Client(clientSettings(web)), clock, log: aLog() });
  return { quota, clock, asked: () => web?.requests.map(({ method, path }) => `${method} ${path}`) };
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

  it.each([
    ['it may not be asked', { status: 403, body: { message: 'no' } }],
    ['its answer says nothing', { body: {} }],
  ])('is not known where %s', async (_, answer) => {
    const { quota } = await aQuota(() => answer);

    expect(await quota.read()).toBeNull();
  });
});
