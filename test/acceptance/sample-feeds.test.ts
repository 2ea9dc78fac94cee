// The built-in sample feeds as a newcomer sees them: one event that several reports are about brings one alert, and one update when it goes on.
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PublishedReport } from '../../shared/model/hit.ts';
import type { PublishedStory } from '../../shared/model/story.ts';
import { deliveriesOf, makeWorkplace, type StartedTocsin, type Workplace } from '../support/tocsin-process.ts';

const TOPICS = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'config', 'topics');

type WithReports = PublishedStory & { readonly reports: readonly PublishedReport[] };

let place: Workplace;
let started: StartedTocsin;

beforeAll(async () => {
  place = makeWorkplace();
  rmSync(join(place.folder, 'config'), { recursive: true });
  cpSync(TOPICS, join(place.folder, 'config/topics'), { recursive: true });
  started = place.start();
  // The fourth report of the event.
  await started.untilSaid(/no mail {2}State of emergency at Norland/);
  // The second one waits for the next sweep when it comes while the first is being sent.
  await started.untilSaid(/no mail {2}Mechanised brigade ordered/);
}, 180_000);
afterAll(async () => {
  await started.stop();
  await place.remove();
});

/** What was mailed, or not, of each report, the oldest first: `sent alert`, `merged alert`. */
async function mailsOf({ reports }: WithReports): Promise<readonly string[]> {
  const deliveries = await deliveriesOf(started);
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
    const alerts = (await deliveriesOf(started)).filter(({ state, kind }) => state === 'sent' && kind === 'alert');

    expect(outbox.length).toBeGreaterThan(3);
    expect(outbox.length).toBeLessThanOrEqual(stories.length + 1);
    expect(alerts.length).toBeGreaterThan(2);
    expect(new Set(alerts.map(({ storyId }) => storyId)).size).toBe(alerts.length);
  }, 30_000);

  it('say on the terminal which reports brought no mail, and why', () => {
    expect(started.said()).toMatch(
      /no mail {2}Mechanised brigade ordered to Norland’s eastern border — Tocsin sample gazette\n +nothing new in a story that was alerted before\n +“Norland to send mechanised brigade to its eastern border”: tocsin stories \w+\n/,
    );
  });

  it('have items that name an army in passing, and are not found', async () => {
    expect(await place.json('matches', '--text', 'barracks')).toEqual([]);
  }, 30_000);
});
