// `tocsin stories` against a running instance: stories in a table and as data, one story report by report, and the story of a match.
import { because } from '../../shared/model/delivery-reason.ts';
import { feedIdOf, hitDeliveryIdOf, type SubscriptionId } from '../../shared/model/ids.ts';
import type { Delivery } from '../../shared/model/subscription.ts';
import { aDelivery, aMatch, later } from '../support/builders.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';
import { type SomeReport, storeReport } from '../support/store-report.ts';

const HOUR = 3_600_000;
const WIRE = { feedId: feedIdOf('https://wire.example.org/feed'), title: 'The Wire', host: 'wire.example.org' };

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
});
afterEach(() => instance.stop());

const stories = (...args: string[]) => instance.run(['stories', ...args]);
const report = (story: string, ms: number, change: Partial<SomeReport> = {}) =>
  storeReport(instance.stores, { story, ms, ...change });

/** Two reports of a ferry, the second with something new, and a copy of it. */
async function ferry() {
  const first = await report('ferry', 0, { title: 'Ferry sinks off Crete' });
  const place = { kind: 'new', reason: 'shares *ferry*, *Crete*; new: *14*', news: ['14 dead'], texts: 2 } as const;
  await report('ferry', HOUR, { title: 'Ferry: 14 dead', topics: ['rescues'], sources: [WIRE], place });
  const copy = { kind: 'copy', reason: 'the text of the report before', texts: 2 } as const;
  await report('ferry', 2 * HOUR, { title: 'Ferry: 14 dead', sources: [WIRE], place: copy });
  return first;
}

describe('stories in words', () => {
  it('are a table, the one reported last first, with reports, texts, topics, headline and id', async () => {
    await report('strike', HOUR, { title: 'Rail strike begins' });
    await ferry();

    const { code, stdout, stderr } = await stories();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['LAST REPORT', 'REPORTS', 'TOPICS', 'HEADLINE', 'ID'],
      ['2026-11-17 10:00 UTC', '3 reports, 2 texts', 'rescues, river-crossings', 'Ferry sinks off Crete', 'ferry'],
      ['2026-11-17 09:00 UTC', '1 report', 'river-crossings', 'Rail strike begins', 'strike'],
      [''],
    ]);
  });

  it('say how the feeds fare where there is none', async () => {
    expect(await stories()).toMatchObject({ code: 0, stdout: '', stderr: 'no stories; 0 of 0 feeds are working\n' });
  });
});

describe('one story', () => {
  it('is shown report by report, each with its place in the story and why', async () => {
    await ferry();

    const { stdout } = await stories('ferry');

    expect(stdout).toMatch(
      new RegExp(
        [
          'Ferry sinks off Crete',
          '  latest     Ferry: 14 dead',
          '  reports    3 reports, 2 texts, from 2026-11-17 08:00 UTC to 2026-11-17 10:00 UTC',
          '  sources    Example News, The Wire',
          '  topics     rescues, river-crossings; severity medium',
          '  language   en',
          '  story      ferry',
          '',
          '2026-11-17 10:00 UTC  Ferry: 14 dead — The Wire',
          '  a copy of an earlier report \\(the text of the report before\\)',
          '  match \\S+  river-crossings',
          '',
          '2026-11-17 09:00 UTC  Ferry: 14 dead — The Wire',
          '  brings something new: 14 dead \\(shares \\*ferry\\*, \\*Crete\\*; new: \\*14\\*\\)',
          '  match \\S+  rescues',
          '',
          '2026-11-17 08:00 UTC  Ferry sinks off Crete — Example News',
          '  the first report \\(no open story is similar\\)',
          '  match \\S+  river-crossings',
          '$',
        ].join('\n'),
      ),
    );
  });

  it('says of each report what became of it for every subscriber, and why', async () => {
    const { article, matches: of } = await ferry();
    const alert = (name: string, change: Partial<Delivery>) => {
      const [{ id: matchId }] = of as [(typeof of)[number]];
      const subscriptionId = name as SubscriptionId;
      const about = { matchId, matchIds: [matchId], articleId: article, storyId: 'ferry', subscriptionId };
      const delivery = aDelivery({ ...about, kind: 'alert', dueAt: null, ...change });
      return instance.stores.deliveries.createDelivery({
        ...delivery,
        id: hitDeliveryIdOf(article, 1, subscriptionId),
      });
    };
    await alert('one', { state: 'sent', sentAt: later(1_000), attempts: 1 });
    await alert('two', { state: 'filtered', ...because('severity', 'less severe than high') });

    const { stdout } = await stories('ferry');

    const last = stdout.split('\n').slice(-5, -1);
    expect(last.sort().slice(0, 2)).toEqual([
      '  email      alert filtered, attempts 0, subscription two: less severe than high',
      '  email      alert sent 2026-11-17 08:00:01 UTC, attempts 1, subscription one',
    ]);
    expect(JSON.parse((await stories('ferry', '--json')).stdout).deliveries).toHaveLength(2);

    for (let n = 0; n < 9; n += 1) await alert(`more-${n}`, { state: 'sent', sentAt: later(1_000) });
    expect((await stories('ferry')).stdout).toContain('  and 1 more: tocsin deliveries --story ferry\n');
  });

  it('is data with all its reports, however many pages they take', async () => {
    for (let n = 0; n < 60; n += 1) await report('long', n * 1000);

    const story = JSON.parse((await stories('long', '--json')).stdout);

    expect(story).toMatchObject({ schema: 'tocsin.story.v1', id: 'long', hits: 60 });
    expect(story.reports.map(({ firstSeenAt }: { firstSeenAt: string }) => firstSeenAt)).toEqual(
      Array.from({ length: 60 }, (_, n) => later((59 - n) * 1000)),
    );
  });

  it('that does not exist is refused', async () => {
    expect(await stories('nope')).toMatchObject({ code: 2, stderr: 'tocsin: story "nope" does not exist\n' });
  });

  it('cannot write to the terminal but its words', async () => {
    await report('forged', 0, { title: 'Ferry\u001b[2J\nsinks' });

    expect((await stories()).stdout).not.toContain('\u001b');
    expect((await stories('forged')).stdout).toContain('Ferry\ufffd[2J sinks');
  });
});

describe('which stories', () => {
  it('are chosen by topic, source, language, headline and the time of the last report', async () => {
    instance.clock.set(later(3 * HOUR));
    await report('strike', 0, { title: 'Rail strike begins' });
    await ferry();
    const found = async (...args: string[]) =>
      JSON.parse((await stories(...args, '--json')).stdout).map(({ id }: { id: string }) => id);

    expect(await found('--topic', 'rescues')).toEqual(['ferry']);
    expect(await found('--source', 'example news')).toEqual(['ferry', 'strike']);
    expect(await found('--source', 'wire')).toEqual(['ferry']);
    expect(await found('--lang', 'fr')).toEqual([]);
    expect(await found('--text', 'strike')).toEqual(['strike']);
    expect(await found('--since', '2h')).toEqual(['ferry']);
    expect(await found('--until', later(HOUR))).toEqual(['strike']);
    expect((await stories('--limit', '1')).stderr).toBe('showing the newest 1; --limit N shows more\n');
  });

  it('are rows of a CSV and lines of JSON', async () => {
    await ferry();
    const [head, row] = (await stories('--format', 'csv')).stdout.split('\r\n');

    expect(head).toMatch(/^"id","title","latestTitle","language","firstSeenAt","lastSeenAt","hits","texts","topics",/);
    expect(row).toContain('"rescues | river-crossings"');
    expect(JSON.parse((await stories('--format', 'jsonl')).stdout)).toMatchObject({ id: 'ferry' });
  });
});

describe('the story of a match', () => {
  it('is named with the match, and what the report is to it', async () => {
    const {
      matches: [match],
    } = await ferry();
    const shown = await instance.run(['matches', match!.id]);
    const data = JSON.parse((await instance.run(['matches', match!.id, '--json'])).stdout);

    expect(shown.stdout).toContain(
      '  story      Ferry sinks off Crete (3 reports, 2 texts): tocsin stories ferry\n' +
        '             this report: the first report (no open story is similar)\n',
    );
    expect(data).toMatchObject({ id: match!.id, story: { id: 'ferry', kind: 'first' }, deliveries: [] });
  });

  it('is left out for a match from before there were stories', async () => {
    await instance.stores.matches.putMatch(aMatch());

    expect((await instance.run(['matches', aMatch().id])).stdout).not.toContain('story');
    expect(JSON.parse((await instance.run(['matches', aMatch().id, '--json'])).stdout)).toMatchObject({ story: null });
  });
});
