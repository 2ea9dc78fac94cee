// The built-in sample feeds as a newcomer sees them: one event that several reports are about brings one alert, and one update when it goes on.
// On a clock of its own, so that the test does not wait for the next item or the next sweep.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfiguration } from '../../adapters/files/read-configuration.ts';
import { Narrator } from '../../cli/start/narrator.ts';
import { type Running, runTocsin } from '../../local/run.ts';
import { SAMPLE_ITEMS } from '../../local/sample-feed/items.ts';
import type { PublishedReport } from '../../shared/model/hit.ts';
import type { PublishedMatch } from '../../shared/model/match.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import type { PublishedStory } from '../../shared/model/story.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { makeWorkplace, type Workplace } from '../support/tocsin-process.ts';
import { virtualClock } from '../support/virtual-clock.ts';

const CONFIG = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'config');
const EVERY_MS = 2_500;
const STEP_MS = 500;
const SWEEP_MS = 60_000;
/** Two pages of one host are read a moment apart: what is busy for so long waits for the clock itself. */
const PATIENCE_MS = 1_000;

type WithReports = PublishedStory & { readonly reports: readonly PublishedReport[] };

const clock = virtualClock(new Date().toISOString());
let place: Workplace;
let running: Running;
let said = '';

beforeAll(async () => {
  place = makeWorkplace();
  const say = (line: string): void => {
    said += `${line}\n`;
  };
  const narrator = new Narrator({ say, color: false, now: clock.now, zone: () => 0, config: 'config' });
  const { configuration } = await readConfiguration(CONFIG, defaultSettings.topics);
  running = await runTocsin({
    folder: join(place.folder, '.tocsin'),
    env: process.env,
    clock,
    port: 0,
    once: false,
    redrive: false,
    sample: true,
    settings: defaultSettings,
    // The feeds of others are not read.
    configuration: { ...configuration, feeds: [] },
    watcher: narrator,
    signal: new AbortController().signal,
    say,
  });
  narrator.begin(running);
  await letPass(SAMPLE_ITEMS.length * EVERY_MS);
  // A report that comes while another of its event is being sent waits for the next sweep.
  await letPass(2 * SWEEP_MS, SWEEP_MS);
  await narrator.end();
}, 120_000);
afterAll(async () => {
  await running.stop(500);
  await place.remove();
});

async function letPass(ms: number, stepMs = STEP_MS): Promise<void> {
  for (const end = clock.passed() + ms; clock.passed() < end; ) {
    clock.move(stepMs);
    const patient = performance.now() + PATIENCE_MS;
    do await new Promise((resolve) => setTimeout(resolve, 5));
    while (running.isBusy() && performance.now() < patient);
  }
}

/** What the one subscription was sent, or is to be. */
async function allDeliveries(): Promise<readonly Delivery[]> {
  const { subscriptions, deliveries } = running.stores;
  const { items } = await subscriptions.listSubscriptions({ limit: 2, cursor: null });
  expect(items).toHaveLength(1);
  return (await deliveries.deliveriesOfSubscription(items[0]!.id, { limit: 100, cursor: null })).items;
}

/** What was mailed, or not, of each report, the oldest first: `sent alert`, `merged alert`. */
async function mailsOf({ reports }: WithReports): Promise<readonly string[]> {
  const deliveries = await allDeliveries();
  return reports.toReversed().flatMap(({ matches }) => {
    const ids = matches.map(({ id }) => id);
    const ofReport = deliveries.filter(({ matchIds }) => matchIds.some((id) => ids.includes(id)));
    return ofReport.map(({ state, kind }) => `${state} ${kind}`);
  });
}

describe('the sample feeds', () => {
  it('bring one alert and one update of the event that four reports are about', async () => {
    const [story] = await place.json<readonly PublishedStory[]>('stories', '--text', 'Norland to send');
    const whole = await place.json<WithReports>('stories', story!.id);

    expect(whole).toMatchObject({
      hits: 4,
      sources: [{ title: 'Tocsin sample feed' }, { title: 'Tocsin sample gazette' }],
    });
    expect(await mailsOf(whole)).toEqual(['sent alert', 'merged alert', 'sent update', 'merged alert']);
  }, 60_000);

  it('bring at most one alert of any other event', async () => {
    const outbox = readFileSync(join(place.folder, '.tocsin/outbox/index.jsonl'), 'utf8').trim().split('\n');
    const stories = await place.json<readonly PublishedStory[]>('stories');
    const alerts = (await allDeliveries()).filter(({ state, kind }) => state === 'sent' && kind === 'alert');

    expect(outbox.length).toBeGreaterThan(3);
    expect(outbox.length).toBeLessThanOrEqual(stories.length + 1);
    expect(alerts.length).toBeGreaterThan(2);
    expect(new Set(alerts.map(({ storyId }) => storyId)).size).toBe(alerts.length);
  }, 30_000);

  it('say on the terminal which reports brought no mail, and why', () => {
    expect(said).toMatch(
      /no mail {2}Mechanised brigade ordered to Norland’s eastern border — Tocsin sample gazette\n +nothing new in a story that was alerted before\n +“Norland to send mechanised brigade to its eastern border”: tocsin stories \w+\n/,
    );
  });

  it('have an item that mentions a topic in passing: it is found, and brings no mail', async () => {
    const [match, ...others] = await place.json<readonly PublishedMatch[]>(
      'matches',
      '--strength',
      'weak',
      '--topic',
      'sanctions',
    );
    const deliveries = (await allDeliveries()).filter(({ matchIds }) => matchIds.includes(match!.id));

    expect(others).toEqual([]);
    expect(match).toMatchObject({ topic: { id: 'sanctions' }, strength: 'weak', prominence: 'body' });
    expect(deliveries.map(({ state, reasonCode }) => `${state} ${reasonCode}`)).toEqual(['filtered strength']);
    expect(said).toContain('(in passing) Flower market moves');
    expect(readFileSync(join(place.folder, '.tocsin/outbox/index.jsonl'), 'utf8')).not.toContain('Flower market');
  }, 30_000);

  it('have items that name an army in passing, and are not found', async () => {
    expect(await place.json('matches', '--text', 'barracks')).toEqual([]);
  }, 30_000);
});
