// Which digest a delivery joins, and what comes of one that cannot be sent.
import { ConflictError, DeliveryRefusedError, ServiceUnavailableError } from '../../../../shared/core/errors.ts';
import type { Digest } from '../../../../shared/model/subscription.ts';
import { mailerOf, reasonOf } from '../../../../shared/usecases/alerting/alert-ports.ts';
import { joinDigest } from '../../../../shared/usecases/alerting/join-digest.ts';
import { ALERT_SETTINGS, anAlertWorld } from '../../../support/alert-world.ts';
import { aClock, aSubscription, epochSeconds, later, START } from '../../../support/builders.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KEPT = 90 * 24 * HOUR;

describe('a delivery joins', () => {
  const digestOf = async (digest: 'none' | 'hourly' | 'daily', timeZone = 'UTC') => {
    const { ports, stores, clock } = anAlertWorld();
    clock.advance(13 * MINUTE);
    const settings = { ...ALERT_SETTINGS, mail: { ...ALERT_SETTINGS.mail, timeZone } };
    const id = await joinDigest(aSubscription(), digest, ports, settings, async ({ digestId }) => digestId);
    return (await stores.digests.getDigest(id)) as Digest;
  };

  it.each([
    ['hourly', 'UTC', 'asked', START, later(HOUR)],
    ['daily', 'UTC', 'asked', later(-HOUR), later(23 * HOUR)],
    ['daily', 'Asia/Tokyo', 'asked', later(-10 * HOUR), later(14 * HOUR)],
    ['none', 'UTC', 'storm', later(10 * MINUTE), later(20 * MINUTE)],
  ] as const)('the %s digest of its window (%s), whose cause is "%s"', async (period, zone, cause, start, end) => {
    expect(await digestOf(period, zone)).toMatchObject({
      id: `subscription-1.${epochSeconds(start)}.${period === 'none' ? 'storm' : period}`,
      period,
      subscriptionId: 'subscription-1',
      cause,
      windowStart: start,
      windowEnd: end,
      state: 'open',
      updatedAt: later(13 * MINUTE),
      expiresAt: epochSeconds(later(KEPT, end)),
    });
  });

  const joining = async (isOpen: (number: number) => boolean, join: (id: string, number: number) => string) => {
    const opened: string[] = [];
    let joined = 0;
    const digests = {
      ...anAlertWorld().stores.digests,
      openDigest: async ({ windowStart }: Digest) => {
        opened.push(windowStart);
        return isOpen(opened.length) ? ('open' as const) : ('closed' as const);
      },
    };
    const result = joinDigest(
      aSubscription(),
      'hourly',
      { digests, clock: aClock() },
      ALERT_SETTINGS,
      async ({ digestId }) => {
        joined += 1;
        return join(digestId, joined);
      },
    );
    return { result: await result.catch((error: unknown) => error), opened, joined };
  };

  it('the next digest where one is closed', async () => {
    expect(
      await joining(
        (number) => number === 4,
        (id) => id,
      ),
    ).toEqual({
      result: `subscription-1.${epochSeconds(later(3 * HOUR))}.hourly`,
      opened: [START, later(HOUR), later(2 * HOUR), later(3 * HOUR)],
      joined: 1,
    });
  });

  it('the next digest where one is closed just then', async () => {
    const closing = (id: string, number: number): string => {
      if (number === 1) throw new ConflictError('closed');
      return id;
    };

    expect(await joining(() => true, closing)).toEqual({
      result: `subscription-1.${epochSeconds(later(HOUR))}.hourly`,
      opened: [START, later(HOUR)],
      joined: 2,
    });
  });

  it('none after four that are closed', async () => {
    const { result, opened } = await joining(
      () => false,
      (id) => id,
    );

    expect(opened).toHaveLength(4);
    expect(result).toEqual(
      new ServiceUnavailableError('subscription subscription-1 has no open digest in 4 windows from now on'),
    );
  });

  it('none when the store fails', async () => {
    const error = new ServiceUnavailableError('no answer');
    const failing = (): string => {
      throw error;
    };

    expect(await joining(() => true, failing)).toMatchObject({ result: error, opened: [START] });
  });
});

describe('the reason on record', () => {
  it.each([
    [new DeliveryRefusedError('it is refused'), 'delivery_refused: it is refused'],
    [new DeliveryRefusedError('two\n  lines\tof it'), 'delivery_refused: two lines of it'],
    [
      new ServiceUnavailableError('a@b.example, <c@d.example> "e@f.example" (g@h.example); to:i@j.example'),
      'service_unavailable: (address), <(address)> "(address)" ((address)); to:(address)',
    ],
    [new ServiceUnavailableError('at @ noon'), 'service_unavailable: at @ noon'],
    [new RangeError('a@b.example'), 'internal: RangeError'],
    ['a@b.example', 'internal: string'],
    [undefined, 'internal: undefined'],
  ])('of %p is "%s"', (error, reason) => {
    expect(reasonOf(error)).toEqual({ reason, reasonCode: reason.split(':')[0] });
  });
});

it('without a sender no mail can be sent, as the error says', () => {
  const { mailer } = anAlertWorld().ports;

  expect(mailerOf({ mailer })).toBe(mailer);
  expect(() => mailerOf({ mailer: null })).toThrow(
    new ServiceUnavailableError('no mail can be sent: mail.from is not set in config/tocsin.yaml'),
  );
});
