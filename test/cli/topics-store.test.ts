// `tocsin topics list|push|remove|restore` against a running instance.
import type { SubscriptionId } from '../../shared/model/ids.ts';
import { aMatch, aSubscription, later } from '../support/builders.ts';
import { parsePack } from '../support/parse-pack.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

const pack = (id: string, topics: readonly string[]): string =>
  `apiVersion: tocsin.dev/v1\nkind: TopicPack\npack: { id: ${id}, version: 1.0.0 }\ntopics:${
    topics.length === 0 ? ' []' : ''
  }\n${topics.map((topic) => `  - { id: ${topic}, title: About ${topic}, any: { en: [${topic}] } }\n`).join('')}`;

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
  instance.write('config/topics/coast.yaml', pack('coast', ['harbours', 'ferries', 'lighthouses']));
  instance.write('config/topics/hills.yaml', pack('hills', ['sheep', 'paths']));
  await topics('push');
});
afterEach(() => instance.stop());

const topics = (...args: string[]) => instance.run(['topics', ...args]);
const inForce = async () => (await instance.stores.topics.listTopics()).map(({ id }) => id);

describe('topics remove', () => {
  it('removes a topic, whatever is pushed afterwards, and names its subscribers', async () => {
    const id = 'desk-1' as SubscriptionId;
    await instance.stores.subscriptions.createSubscription(aSubscription({ id, topics: ['sheep'] }));

    const { code, stdout } = await topics('remove', 'sheep', 'paths');
    const pushed = await topics('push');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^sheep was removed\. .* To undo: tocsin topics restore sheep$/m);
    expect(stdout).toContain(
      `Still subscribed to sheep, which no longer matches: ${aSubscription().target} (email, desk-1).`,
    );
    expect(stdout).not.toContain('subscribed to paths');
    expect(await inForce()).toEqual(['ferries', 'harbours', 'lighthouses']);
    expect(pushed.stdout).toContain('2 removed earlier (paths, sheep): they stay removed until tocsin topics restore');
  });

  it('is undone by restore, and shown by list --all', async () => {
    await topics('remove', 'sheep');

    const listed = await topics('list');
    const all = await topics('list', '--all');
    const { code, stdout } = await topics('restore', 'sheep');

    expect(listed.stdout).toMatch(/^ID +TITLE +SEVERITY +LANGUAGES +VERSION +PACK\n/);
    expect(listed.stdout).toMatch(/^paths +About paths +\S+ +en +1\.0\.0\S* +hills$/m);
    expect(all.stdout).toMatch(/^ID .* PACK +STATE\n/);
    expect(listed.stdout).not.toContain('sheep');
    expect(all.stdout).toMatch(/^sheep .* removed 2026-11-17 08:00/m);
    expect(all.stdout).toMatch(/^paths .* in force$/m);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'in force again: sheep\n' });
    expect(await inForce()).toContain('sheep');
  });

  it('of a topic that was pushed from elsewhere lets it be pushed again', async () => {
    instance.write('mine.yaml', pack('mine', ['weather']));
    await topics('push', 'mine.yaml');

    const { stdout } = await topics('remove', 'weather');
    await topics('push', 'mine.yaml');

    expect(stdout).toContain('It comes back when it is pushed again');
    expect(await inForce()).toContain('weather');
  });

  it('reports each with --json', async () => {
    expect(JSON.parse((await topics('remove', 'sheep', 'sheep', '--json')).stdout)).toEqual({
      removed: [{ id: 'sheep', outcome: 'disabled' }],
      subscriptions: [],
    });
    expect(JSON.parse((await topics('restore', 'sheep', '--json')).stdout)).toEqual({ restored: ['sheep'] });
  });

  it.each(['remove', 'restore'])('%s changes nothing when one of the names is not known', async (verb) => {
    const { code, stdout, stderr } = await topics(verb, 'paths', 'shep');

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('unknown topic "shep"; did you mean sheep?');
    expect(await inForce()).toHaveLength(5);
  });
});

describe('topics push', () => {
  it('ends the topics of a pack whose file is gone', async () => {
    instance.remove('config/topics/hills.yaml');

    const { code, stdout } = await topics('push');

    expect({ code, stdout }).toEqual({ code: 0, stdout: '3 topics: 0 changed, 2 ended (paths, sheep)\n' });
  });

  it('refuses to end more than half of all topics without --end-missing', async () => {
    instance.remove('config/topics/coast.yaml');

    const refused = await topics('push');
    const afterwards = await inForce();
    const forced = await topics('push', '--end-missing');

    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('3 of 5 topics in force would end');
    expect(refused.stderr).toContain('--end-missing');
    expect(afterwards).toHaveLength(5);
    expect(forced.stdout).toBe('2 topics: 0 changed, 3 ended (ferries, harbours, lighthouses)\n');
  });

  it('refuses an empty folder without --end-missing', async () => {
    instance.remove('config/topics/coast.yaml');
    instance.remove('config/topics/hills.yaml');

    const refused = await topics('push');
    const forced = await topics('push', '--end-missing');

    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('has no packs') as string });
    expect(forced.stdout).toMatch(/^0 topics: 0 changed, 5 ended/);
  });

  it('of single files ends nothing but what was dropped from them', async () => {
    instance.write('config/topics/hills.yaml', pack('hills', []));
    instance.remove('config/topics/coast.yaml');

    const { stdout } = await topics('push', 'config/topics/hills.yaml');

    expect(stdout).toBe('0 topics: 0 changed, 2 ended (paths, sheep)\n');
  });

  it('changes nothing when a pack cannot be read', async () => {
    instance.write('config/topics/hills.yaml', 'apiVersion: tocsin.dev/v1\nkind: TopicPack\n  pack:');

    expect((await topics('push', '--end-missing')).code).toBe(2);
    expect(await inForce()).toHaveLength(5);
  });

  it('says what is wrong with a pack whose shared sets are missing, once', async () => {
    const terms = ['a', 'b', 'c', 'd', 'e'].map((name) => `'{${name}} NEAR/3 {${name}${name}}'`).join(', ');
    instance.write('config/topics/coast.yaml', pack('coast', ['harbours']).replace('[harbours]', `[${terms}]`));

    const { code, stdout, stderr } = await topics('push');
    const checked = await topics('check');

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^tocsin: nothing was changed: some packs have errors\n {2}E_UNKNOWN_SET {2}config\/topics\/coast\.yaml {2}unknown sets in 10 places: \{a\}, .* and 2 more\n.*hint: is the pack that defines them missing\?\n$/,
    );
    expect(checked.stdout.match(/E_UNKNOWN_SET/g)).toHaveLength(1);
    expect(checked.stdout).toMatch(/^error {4}E_UNKNOWN_SET .*; 10 errors, /s);
    expect(await inForce()).toHaveLength(5);
  });

  it('as data lists what changed', async () => {
    instance.remove('config/topics/hills.yaml');

    expect(JSON.parse((await topics('push', '--json')).stdout)).toMatchObject({
      changed: [],
      ended: ['paths', 'sheep'],
      disabled: [],
    });
  });

  it('names the folder of the configuration that is in use', async () => {
    const { stderr } = await instance.run(['topics', 'push', 'a.yaml', '--end-missing'], {
      env: { TOCSIN_CONFIG: '/etc/tocsin' },
    });

    expect(stderr).toContain(
      '--end-missing is about packs that are missing from /etc/tocsin/topics; it takes no files',
    );
  });

  it('takes no files with --end-missing', async () => {
    const { code, stderr } = await topics('push', 'config/topics/hills.yaml', '--end-missing');

    expect(code).toBe(2);
    expect(stderr).toContain('it takes no files');
  });
});

describe('topics feedback', () => {
  const marked = async (title: string, articleId: string, at: string, by = 'desk-1') => {
    const match = aMatch({ topicId: 'sheep', articleId });
    await instance.stores.matches.putMatch({ ...match, article: { ...match.article, title } });
    const subscriptionId = by as SubscriptionId;
    const { id: matchId, expiresAt } = match;
    await instance.stores.matches.noteNotRelevant({ matchId, topicId: 'sheep', subscriptionId, at, expiresAt });
  };

  it('shows what readers found not relevant, the newest first, and ends with examples that must not match', async () => {
    await marked('The "sheep" of the river: a ferry', 'one', later(0));
    await marked('Counting sheep', 'two', later(60_000));
    await marked('Counting sheep', 'two', later(120_000), 'desk-2');

    const { code, stdout } = await topics('feedback', 'sheep');

    expect(code).toBe(0);
    expect(stdout.match(/^2026-11-17 08:0\d .*$/gm)).toEqual([
      expect.stringMatching(/08:02 .* Counting sheep$/),
      expect.stringMatching(/08:01 .* Counting sheep$/),
      expect.stringMatching(/08:00 .* The "sheep" of the river: a ferry$/),
    ]);
    expect(stdout).toContain('  feed     A *convoy* of forty trucks crossed the *river* at dawn.\n');
    expect(stdout).toContain('  why      en: convoy NEAR/5 river  (version 1.0.0+0000001)\n');
    const examples = stdout.slice(stdout.indexOf('    tests:\n'));
    expect(examples.match(/- no:/g)).toHaveLength(2);
    const head = 'apiVersion: tocsin.dev/v1\nkind: TopicPack\npack: { id: hills, version: 1.0.0 }\ntopics:\n';
    const topic = '  - id: sheep\n    title: Sheep\n    any: { en: [sheep] }\n';
    const pasted = parsePack(`${head}${topic}${examples}`, 'hills.yaml');
    expect(pasted.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(pasted.tests.map(({ topicId }) => topicId)).toEqual(['sheep', 'sheep']);
  });

  it('as data has the matches whole', async () => {
    await marked('Counting sheep', 'two', later(0));

    const { stdout } = await topics('feedback', 'sheep', '--json');

    expect(JSON.parse(stdout)).toMatchObject([
      {
        at: later(0),
        subscriptionId: 'desk-1',
        match: { schema: 'tocsin.match.v1', article: { title: 'Counting sheep' } },
      },
    ]);
  });

  it('says so when nobody has marked anything, and names the topic that was meant', async () => {
    const none = await topics('feedback', 'paths');
    const unknown = await topics('feedback', 'sheeep');

    expect(none).toMatchObject({ code: 0, stdout: 'paths: nobody has marked a match as not relevant\n' });
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('Did you mean "sheep"?');
  });
});

describe('doctor', () => {
  it('reports topics whose pack files are missing', async () => {
    await instance.stores.topics.putTopics([], { source: 'configuration', whenMostEnd: 'keep' });

    const { code, stdout } = await instance.run(['doctor']);

    expect(code).toBe(1);
    expect((await topics('list', '--all')).stdout).toMatch(/^paths .* in force, pack file missing$/m);
    expect(stdout).toMatch(/^LOOK +pack files +those of 5 topics are missing: .*--end-missing/m);
  });
});
