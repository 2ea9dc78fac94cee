// `tocsin topics judge`: a reader's verdicts on stored alerts, against a running instance.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawSample } from '../../cli/topics/drawn-sample.ts';
import { type Judgement, reportOf } from '../../cli/topics/judgements.ts';
import type { Match } from '../../shared/model/match.ts';
import type { Topic } from '../../shared/model/topic.ts';
import { aMatch, later } from '../support/builders.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
});
afterEach(() => instance.stop());

/** Stores alerts of a topic, named by their articles; each headline is its article's name. */
async function given(topicId: string, articles: readonly string[], change: Partial<Match> = {}): Promise<void> {
  for (const articleId of articles) {
    const { article, ...match } = aMatch({ topicId, articleId, firstSeenAt: later(0) }, change);
    await instance.stores.matches.putMatch({ ...match, article: { ...article, title: articleId } });
  }
}
const judge = (answers: string, ...args: readonly string[]) =>
  instance.run(['topics', 'judge', '--out', 'verdicts.jsonl', ...args], { stdin: [answers] });
const written = (): readonly Judgement[] =>
  readFileSync(join(instance.path, 'verdicts.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
const numbered = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `report-${at}`);
/** Headlines in the order in which they were shown. */
const shown = (stderr: string): readonly string[] =>
  [...stderr.matchAll(/^ {2}(report-\d+)$/gm)].map(([, name]) => name!);

describe('topics judge', () => {
  it('takes a verdict for each alert and prints the share of right ones with its interval', async () => {
    await given('floods', numbered(4));
    await given('harbours', ['report-4']);

    const { code, stdout } = await judge('r\na\nw\ns\nr\n');

    expect(code).toBe(0);
    expect(written().map(({ verdict }) => verdict)).toEqual(['right', 'arguable', 'wrong', 'skipped', 'right']);
    const [head, ...rows] = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(head).toEqual(['TOPIC', 'JUDGED', 'RIGHT', 'ARGUABLE', 'WRONG', 'PRECISION', 'RIGHT OR ARGUABLE']);
    expect(rows.map(([topic]) => topic)).toEqual(['floods', 'harbours', 'overall', '1 skipped', '']);
    expect(rows[2]).toEqual(['overall', '4', '2', '1', '1', '50.0 (15–85)', '75.0 (30–95)']);
  });

  it('shows what the topic is about, the headline and the passage, and why it matched only after the verdict', async () => {
    const hills = 'apiVersion: tocsin.dev/v1\nkind: TopicPack\npack: { id: hills, version: 1.0.0 }\ntopics:\n';
    const sheep = '  - { id: sheep, title: Sheep, description: Flocks that move., any: { en: [sheep] } }\n';
    instance.write('config/topics/hills.yaml', hills + sheep);
    await instance.run(['topics', 'push']);
    const [{ version } = {} as Topic] = await instance.stores.topics.listTopics();
    const topic = { id: 'sheep', version, title: 'Sheep', severity: 'medium' as const };
    await given('sheep', ['report-0'], { topic });

    const { stderr } = await judge('r\n');

    const [before = '', after = ''] = stderr.split('(r/a/w/s/q)');
    expect(before).toContain('1/1  Sheep: Flocks that move.\n');
    expect(before).toContain('  report-0\n  A convoy of forty trucks crossed the river at dawn.\n');
    expect(before).not.toContain('NEAR');
    expect(after).toContain('right    why: en: convoy NEAR/5 river\n');
    expect(after).toContain('A *convoy* of forty trucks crossed the *river* at dawn.');
  });

  it('shows the title of a topic whose version is gone', async () => {
    await given('floods', ['report-0']);

    expect((await judge('r\n')).stderr).toContain('1/1  River crossings\n');
  });

  it('goes on where it was left', async () => {
    await given('floods', numbered(5));

    const first = await judge('r\nw\nq\n');
    const second = await judge('a\na\na\n');

    expect(first.stderr).toContain('3 of 5 are left; the same command goes on with them');
    expect(shown(second.stderr)).toHaveLength(3);
    expect([...second.stderr.matchAll(/^\d\/5(?= )/gm)].map(([count]) => count)).toEqual(['3/5', '4/5', '5/5']);
    expect(written().map(({ verdict }) => verdict)).toEqual(['right', 'wrong', 'arguable', 'arguable', 'arguable']);
    expect(new Set(written().map(({ id }) => id)).size).toBe(5);
    expect(second.stdout).toMatch(/^overall +5 +1 +3 +1 /m);
  });

  it('ends with its figures at the end of the input', async () => {
    await given('floods', numbered(3));

    const { code, stdout } = await judge('r\n');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^overall +1 +1 +0 +0 /m);
  });

  it('takes single keys of a terminal, and asks again after one that means nothing', async () => {
    await given('floods', numbered(3));

    const args = ['topics', 'judge', '--out', 'verdicts.jsonl'];
    const { stderr } = await instance.run(args, { keys: ['r', 'x', 'W', 'q'], terminal: true });

    expect(written().map(({ verdict }) => verdict)).toEqual(['right', 'wrong']);
    expect(stderr.match(/quit\? \(r\/a\/w\/s\/q\)/g)).toHaveLength(4);
  });

  it('writes ids and verdicts, and no text', async () => {
    await given('floods', ['report-0']);

    await judge('r\n');

    const { id, topic } = aMatch({ topicId: 'floods', articleId: 'report-0' });
    expect(written()).toEqual([{ id, topic: 'floods', version: topic.version, verdict: 'right' }]);
  });

  it('draws as many as were asked for, the same for the same seed', async () => {
    await given('floods', numbered(30));

    const drawn = async (...args: readonly string[]) => shown((await judge('s\n'.repeat(30), ...args)).stderr);
    const of = (file: string, ...args: readonly string[]) => drawn('--out', file, '--sample', '6', ...args);

    expect(await of('one.jsonl')).toHaveLength(6);
    expect(await of('two.jsonl')).toEqual(await of('three.jsonl', '--seed', '1'));
    expect(await of('four.jsonl', '--seed', '2')).not.toEqual(await of('five.jsonl'));
  });

  it('draws from what the options name', async () => {
    await given('floods', ['report-0']);
    await given('harbours', ['report-1']);

    const { stderr } = await judge('r\nr\n', '--topic', 'harbours', '--since', '2026-11-01');

    expect(shown(stderr)).toEqual(['report-1']);
    expect(shown((await judge('r\n', '--until', '2026-11-01')).stderr)).toEqual([]);
  });

  it.each<[string, Partial<Match>]>([
    ['is old', { quiet: 'old' }],
    ['is weak', { strength: 'weak' }],
  ])('leaves out what sent no alert because it %s, and says so where nothing is left', async (_, change) => {
    await given('floods', ['report-0'], change);

    const { code, stdout, stderr } = await judge('r\n');

    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('no alerts are stored');
  });

  it('shows a headline once, though it is the passage', async () => {
    const [body] = aMatch().passages;
    const headline = { ...body!, text: 'report-0', field: 'title' as const, origin: 'title' as const };
    await given('floods', ['report-0'], { passages: [{ ...headline, start: 0, end: 8, highlights: [[0, 6]] }] });

    const { stderr } = await judge('s\n');

    expect(stderr.match(/^ {2}report-0$/gm)).toHaveLength(1);
  });

  it('reads control characters in a headline harmlessly', async () => {
    const { article } = aMatch();
    await given('floods', ['report-0'], { passages: [{ ...aMatch().passages[0]!, text: 'One\u001b[2J' }] });

    expect(article.title).not.toBe('');
    expect((await judge('s\n')).stderr).toContain('  One\ufffd[2J\n');
  });

  it('prints the figures of files alone, an alert that was judged twice as it was judged last', async () => {
    const line = (id: string, verdict: string) => `${JSON.stringify({ id, topic: 'floods', verdict, kind: 'past' })}\n`;
    instance.write('one.jsonl', line('a', 'right') + line('b', 'wrong'));
    instance.write('two.jsonl', line('b', 'right'));

    const report = ['topics', 'judge', '--report', 'one.jsonl', '--report', 'two.jsonl'];
    const { stdout } = await instance.run(report);
    const data = JSON.parse((await instance.run([...report, '--json'])).stdout);

    expect(stdout).toMatch(/^floods +2 +2 +0 +0 +100\.0 \(34–100\) +100\.0 \(34–100\)$/m);
    expect(data.overall).toEqual(data.topics.floods);
    expect(data.overall).toMatchObject({ judged: 2, right: 2, wrong: 0, skipped: 0, precision: { share: 1 } });
    expect(data.overall.precision.interval).toEqual([expect.closeTo(0.342, 3), 1]);
  });

  it.each([
    ['neither file', [], 'give either --out or --report'],
    ['both files', ['--out', 'a', '--report', 'b'], 'give either --out or --report'],
    ['a report of some topics', ['--report', 'b', '--topic', 'x'], '--report takes no other options'],
    ['a sample of nothing', ['--out', 'a', '--sample', '0'], '--sample: "0" is not a whole number from 1 on'],
    ['half a seed', ['--out', 'a', '--seed', '0.5'], '--seed: "0.5" is not a whole number from 0 on'],
    ['a file in no folder', ['--out', 'none/a'], 'none/a cannot be written'],
    ['a report of no file', ['--report', 'none'], 'none cannot be read: there is no such file or folder'],
  ])('refuses %s', async (_, args, message) => {
    const { code, stderr } = await instance.run(['topics', 'judge', ...args]);

    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) as string });
  });

  it.each([
    ['is not JSON', 'right'],
    ['has no topic', '{"id":"a","verdict":"right"}'],
    ['has another verdict', '{"id":"a","topic":"b","verdict":"good"}'],
    ['is null', 'null'],
  ])('refuses a file with a line that %s, before anything is asked', async (_, line) => {
    instance.write('verdicts.jsonl', `\n${line}\n`);

    const { code, stdout, stderr } = await judge('r\n');

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^tocsin: verdicts\.jsonl, line 2: /);
  });

  it('leaves no file where the instance cannot be asked', async () => {
    const { code } = await judge('r\n', '--since', 'never');

    expect(code).toBe(2);
    expect(existsSync(join(instance.path, 'verdicts.jsonl'))).toBe(false);
  });
});

describe('a drawn sample', () => {
  async function* pages(ids: readonly number[], size = 7): AsyncGenerator<readonly { readonly id: string }[]> {
    for (let at = 0; at < ids.length; at += size) yield ids.slice(at, at + size).map((id) => ({ id: `id-${id}` }));
  }
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
  const drawn = async (ids: readonly number[], size: number, seed: number) =>
    (await drawSample(pages(ids), { size, seed })).map(({ id }) => id);

  it('does not depend on the order or the pages', async () => {
    expect(await drawn(range(0, 50).reverse(), 10, 3)).toEqual(await drawn(range(0, 50), 10, 3));
  });

  it('keeps what it drew when more is stored, but for what the new ones push out', async () => {
    const before = await drawn(range(0, 50), 10, 3);
    const after = await drawn(range(0, 60), 10, 3);

    const old = after.filter((id) => Number(id.slice(3)) < 50);
    expect(old).toEqual(before.slice(0, old.length));
    expect(old.length).toBeGreaterThan(5);
  });

  it('draws each about as often as any other', async () => {
    const counts = new Map<string, number>();
    for (const seed of range(0, 400)) {
      for (const id of await drawn(range(0, 20), 5, seed)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }

    expect(counts.size).toBe(20);
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(40);
  });

  it('is everything where there is less than was asked for', async () => {
    expect([...(await drawn(range(0, 3), 10, 1))].sort()).toEqual(['id-0', 'id-1', 'id-2']);
  });
});

describe('a report of verdicts', () => {
  it('lists topics by name and has no shares where all was skipped', () => {
    const report = reportOf([
      { id: 'a', topic: 'floods', verdict: 'skipped' },
      { id: 'b', topic: 'ferries', verdict: 'wrong' },
    ]);

    expect(Object.keys(report.topics)).toEqual(['ferries', 'floods']);
    expect(report.topics['floods']).toMatchObject({ judged: 0, skipped: 1, precision: null, rightOrArguable: null });
    expect(report.overall).toMatchObject({ judged: 1, wrong: 1, precision: { share: 0 } });
  });

  it('counts an article once for each of its topics', () => {
    const report = reportOf([
      { id: 'a', topic: 'floods', verdict: 'right' },
      { id: 'a', topic: 'ferries', verdict: 'wrong' },
    ]);

    expect(report.overall).toMatchObject({ judged: 2, right: 1, wrong: 1 });
  });
});
