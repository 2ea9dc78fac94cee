import { createPublicLinks } from '../../../shared/api/public-links.ts';
import type { Subscription } from '../../../shared/model/subscription.ts';
import { sweep } from '../../../shared/usecases/alerting/sweep.ts';
import { subscribe } from '../../../shared/usecases/managing/subscribe.ts';
import { ALERT_SETTINGS, anAlertWorld, wholeBudget } from '../../support/alert-world.ts';
import { aMatch, aTopic, later, START } from '../../support/builders.ts';
import { someSnsSubscriptions } from '../../support/fakes.ts';
import { aLinkWorld } from '../../support/link-world.ts';
import { linksIn } from '../../support/parsed-mail.ts';

const DAY_MS = 86_400_000;
const LINK = 'link-of-the-mail';

const unconfirmed = (change: Partial<Subscription> = {}): Partial<Subscription> => ({
  state: 'unconfirmed',
  consent: { question: 'mail', requestedAt: START, requestedBy: 'API', wording: 1, confirmedAt: null },
  openQuestion: { link: LINK, until: later(7 * DAY_MS), asked: 1, attempts: 0 },
  step: 'reminder',
  dueAt: later(DAY_MS),
  ...change,
});

describe('the page of a mail that asks', () => {
  it('says that one click is left, and what it is about', async () => {
    const { ask, now } = await aLinkWorld(unconfirmed());

    const { status, words, html } = await ask('GET', `/confirm/${LINK}`);

    expect(status).toBe(200);
    expect(words).toContain('One click left');
    expect(words).toContain('re…@example.org');
    expect(words).toContain('They are about: River crossings Treaties & pacts');
    expect(html).not.toContain('reader@example.org');
    expect((await now()).state).toBe('unconfirmed');
  });

  it('confirms by the button', async () => {
    const { ask, now } = await aLinkWorld(unconfirmed());

    const { words } = await ask('POST', `/confirm/${LINK}`, { action: 'confirm' });

    expect(words).toContain('You will receive alerts from now on.');
    expect(await now()).toMatchObject({ state: 'active', consent: { confirmedAt: START } });
    expect((await ask('POST', `/confirm/${LINK}`, { action: 'confirm' })).words).toContain('Confirmed already');
    expect((await ask('GET', `/confirm/${LINK}`)).words).toContain('Confirmed already');
  });

  it('opens the first digest of one that wants empty ones, too', async () => {
    const { ask, stores } = await aLinkWorld(unconfirmed({ digest: 'daily', whenEmpty: true }));

    await ask('POST', `/confirm/${LINK}`, { action: 'confirm' });

    expect((await stores.due.listDue(later(2 * DAY_MS), 10)).map(({ kind }) => kind)).toEqual(['digest']);
  });

  it('takes no for an answer, which can be taken back without a confirmation', async () => {
    const { ask, now } = await aLinkWorld(unconfirmed());

    const { words } = await ask('POST', '', { action: 'stop' });
    expect(words).toContain('The subscription has ended.');
    expect(words).not.toContain('One mail a day instead');
    expect((await now()).state).toBe('unsubscribed');
    expect((await ask('GET', `/confirm/${LINK}`)).words).toContain('Not subscribed');

    expect((await ask('POST', '', { action: 'undo' })).words).toContain('One click left');
    expect((await now()).state).toBe('unconfirmed');
  });

  it('offers another mail once its link has ended, and no more than three a day', async () => {
    const { ask, now, clock } = await aLinkWorld(unconfirmed());
    clock.advance(7 * DAY_MS);

    expect((await ask('GET', `/confirm/${LINK}`)).words).toContain('This link has ended');
    expect((await ask('POST', `/confirm/${LINK}`, { action: 'confirm' })).words).toContain('This link has ended');
    expect((await now()).state).toBe('unconfirmed');
    expect((await ask('POST', `/confirm/${LINK}`, { action: 'ask-again' })).words).toContain(
      'A new mail is on its way',
    );
    expect(await now()).toMatchObject({ step: 'question', openQuestion: { asked: 1 } });
    expect((await now()).openQuestion?.link).not.toBe(LINK);
    for (let times = 0; times < 2; times += 1) await ask('POST', `/confirm/${LINK}`, { action: 'ask-again' });

    const { status, words } = await ask('POST', `/confirm/${LINK}`, { action: 'ask-again' });
    expect(status).toBe(429);
    expect(words).toContain('Nothing was changed.');
  });

  it('of one that was never asked for anything finds it confirmed', async () => {
    const { ask } = await aLinkWorld();

    expect((await ask('GET', '/confirm/anything')).words).toContain('Confirmed already');
  });

  it('does nothing for a form that is none of its own', async () => {
    const { ask, now } = await aLinkWorld(unconfirmed());

    expect((await ask('POST', `/confirm/${LINK}`, { action: 'other' })).status).toBe(400);
    expect((await ask('POST', `/confirm/${LINK}`, {})).status).toBe(400);
    expect((await now()).state).toBe('unconfirmed');
  });

  it('is what the page of the subscription shows before that, with paths that lead to it', async () => {
    const { ask, subscription } = await aLinkWorld(unconfirmed());

    const { html, words } = await ask('GET', '');

    expect(words).toContain('One click left');
    expect(html).toContain(`action="${subscription.unsubscribeToken}/confirm/${LINK}"`);
    expect((await ask('GET', `/confirm/${LINK}`)).html).toContain(`action="../../${subscription.unsubscribeToken}"`);
  });

  it('of the subscription offers another mail when the link has ended', async () => {
    const { ask, clock, subscription } = await aLinkWorld(unconfirmed());
    clock.advance(8 * DAY_MS);

    const { html, words } = await ask('GET', '');

    expect(words).toContain('Send me a new link');
    expect(html).toContain(`action="${subscription.unsubscribeToken}/confirm/${LINK}"`);
  });
});

describe('leaving', () => {
  it('offers one mail a day instead, before and after', async () => {
    const { ask, now } = await aLinkWorld();
    expect((await ask('GET', '')).words).toContain('One mail a day instead');

    expect((await ask('POST', '', { 'List-Unsubscribe': 'One-Click' })).words).toContain('One mail a day instead');
    expect((await now()).state).toBe('unsubscribed');
    await ask('POST', '', { action: 'undo', digest: 'daily' });

    expect(await now()).toMatchObject({ state: 'active', digest: 'daily' });
    expect((await ask('GET', '')).words).not.toContain('One mail a day instead');
  });

  it('is undone as it was, and not after a week', async () => {
    const { ask, now, clock } = await aLinkWorld();
    await ask('POST', '', { action: 'stop' });
    clock.advance(7 * DAY_MS);

    expect((await ask('GET', '')).words).not.toContain('Undo');
    await ask('POST', '', { action: 'undo', digest: 'daily' });

    expect(await now()).toMatchObject({ state: 'unsubscribed', digest: 'none' });
  });
});

it('a scanner that opens every link of every mail and page, and submits no form, changes nothing', async () => {
  const world = anAlertWorld();
  const { stores, clock } = world;
  await stores.topics.putTopics([aTopic()]);
  const ports = {
    ...stores,
    ...world.channels,
    clock,
    settings: ALERT_SETTINGS,
    snsSubscriptions: someSnsSubscriptions(),
    log: world.ports.log,
  };
  const target = { channel: 'email', topics: ['river-crossings'] } as const;
  await subscribe(ports, { ...target, target: 'new@example.org' });
  await subscribe(
    { ...ports, settings: { ...ALERT_SETTINGS, mail: { ...ALERT_SETTINGS.mail, confirm: false } } },
    { ...target, target: 'old@example.org' },
  );
  await world.given({ matches: [aMatch()] });
  for (const ms of [0, DAY_MS]) {
    clock.advance(ms);
    await sweep(world.ports, ALERT_SETTINGS, wholeBudget(clock));
  }
  expect(world.mails.map(({ to }) => to).sort()).toEqual(['new@example.org', 'new@example.org', 'old@example.org']);
  const before = stores.snapshot();
  const links = createPublicLinks(ports);
  const opened = new Set<string>();

  const open = async (address: string): Promise<void> => {
    if (!address.startsWith('https://links.example.org/') || opened.has(address)) return;
    opened.add(address);
    for (const method of ['HEAD', 'GET']) {
      const page = await (await links(new Request(address, { method }))).text();
      // Addresses of forms, too: some scanners request whatever looks like one.
      for (const [, found = ''] of page.matchAll(/(?:href|action)="([^"]*)"/g))
        await open(new URL(found.replaceAll('&amp;', '&'), address).href);
    }
  };
  for (const mail of world.mails) {
    for (const address of [...Object.values(linksIn(mail)), ...(mail.text.match(/https?:\S+/g) ?? [])])
      await open(address);
    await open(/<(.*)>/.exec(mail.headers['List-Unsubscribe'] ?? '')?.[1] ?? '');
  }

  expect(opened.size).toBeGreaterThanOrEqual(7);
  expect(stores.snapshot()).toEqual(before);
});
