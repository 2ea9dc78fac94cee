// `tocsin deadletters` against a running instance: what was set aside is shown, tried again or dropped without a restart.
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

const HIDE_MS = 60_000;

let instance: RunningInstance;
let ids: readonly number[];

beforeEach(async () => {
  instance = await aRunningInstance();
  ids = [
    setAside(
      'articles',
      { item: { title: 'Convoy\u001b[2J crosses' }, feed: { title: 'Harbour' } },
      'the page is damaged',
    ),
    setAside('polls', { feedIds: ['one', 'two'] }, 'the table was busy'),
  ];
});
afterEach(() => instance.stop());

function setAside(queue: 'articles' | 'polls', body: unknown, reason: string): number {
  const [id = 0] = instance.queues.send(queue, [JSON.stringify(body)]);
  instance.queues.setAside(id, reason);
  instance.queues.delete(id);
  return instance.queues.listDeadLetters().at(-1)?.id ?? 0;
}

const run = (...args: string[]) => instance.run(args);
const depths = () => [instance.queues.depth('articles'), instance.queues.depth('polls'), instance.queues.deadLetters()];

describe('deadletters list', () => {
  it('says what each message is about and why it failed, and lets no text of a feed move the cursor', async () => {
    const { code, stdout } = await run('deadletters', 'list');

    expect(code).toBe(0);
    expect(stdout).toMatch(/^ID +QUEUE +SINCE +ABOUT +REASON\n/);
    expect(stdout).toMatch(/articles .* Convoy�\[2J crosses — Harbour +the page is damaged\n/);
    expect(stdout).toMatch(/polls .* a poll of 2 feeds +the table was busy\n/);
  });

  it('says how many more there are than the API lists', async () => {
    const queue = Array.from({ length: 1_003 }, (_, at) => JSON.stringify({ feedIds: [`feed ${at}`] }));
    instance.queues.send('polls-dead', queue);

    const { stdout, stderr } = await run('deadletters', 'list');

    expect(stdout.trim().split('\n')).toHaveLength(1 + 1_000);
    expect(stderr).toBe('and 5 more\n');
  });

  it('gives the same as JSON', async () => {
    const { stdout } = await run('deadletters', 'list', '--json');

    expect(JSON.parse(stdout)).toMatchObject([
      { id: ids[0], queue: 'articles', reason: 'the page is damaged' },
      { id: ids[1], queue: 'polls', about: 'a poll of 2 feeds' },
    ]);
  });

  it('says so when there is nothing', async () => {
    await run('deadletters', 'drop', '--all');

    expect(await run('deadletters', 'list')).toMatchObject({
      code: 0,
      stdout: '',
      stderr: 'no dead letters\n',
    });
  });
});

it('the help of deadletters says what becomes of the messages', async () => {
  expect((await run('deadletters', '--help')).stdout).toMatch(
    /redrive .* try them again\n.*drop .* delete them permanently\n/,
  );
});

describe('deadletters redrive and drop', () => {
  it('redrive gives the named message back to its queue with all its tries', async () => {
    const { code, stdout } = await run('deadletters', 'redrive', String(ids[0]));

    expect({ code, stdout }).toEqual({ code: 0, stdout: '1 message will be tried again\n' });
    expect(depths()).toEqual([1, 0, 1]);
    expect(instance.queues.receive('articles', 1, HIDE_MS)).toMatchObject([{ id: ids[0], receives: 1 }]);
  });

  it('are counted, several or as data', async () => {
    const redriven = await run('deadletters', 'redrive', ...ids.map(String));
    const dropped = await run('deadletters', 'drop', '--all', '--json');

    expect(redriven.stdout).toBe('2 messages will be tried again\n');
    expect(dropped.stdout).toBe('{\n  "dropped": 0\n}\n');
  });

  it('redrive --all gives all of them back', async () => {
    await run('deadletters', 'redrive', '--all');

    expect(depths()).toEqual([1, 1, 0]);
  });

  it('drop deletes the named message and no other', async () => {
    const { stdout } = await run('deadletters', 'drop', String(ids[1]));

    expect(stdout).toBe('1 message dropped\n');
    expect(depths()).toEqual([0, 0, 1]);
  });

  it('touch no message that was not set aside', async () => {
    const [live = 0] = instance.queues.send('polls', ['{}']);

    const { code, stderr } = await run('deadletters', 'drop', String(live));

    expect({ code, stderr }).toEqual({ code: 2, stderr: 'not found: 1 of 1 dead letters\n' });
    expect(depths()).toEqual([0, 1, 2]);
  });

  it.each([
    [['redrive'], 'name either ids or --all'],
    [['drop', '1', '--all'], 'name either ids or --all'],
    [['drop', 'first'], '"first" is not the id of a dead letter'],
    [['drop', '0'], '"0" is not the id'],
    [['revive'], 'unknown command "tocsin deadletters revive"'],
  ])('%j is refused with exit code 2', async (args, reason) => {
    const { code, stderr } = await run('deadletters', ...args);

    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(depths()[2]).toBe(2);
  });
});

describe('doctor', () => {
  it('is not content while messages are set aside, and names the command', async () => {
    const before = await run('doctor');
    await run('deadletters', 'drop', '--all');
    const after = await run('doctor');

    expect(before.code).toBe(1);
    expect(before.stdout).toMatch(/^LOOK +set aside +2 messages after too many tries: tocsin deadletters list$/m);
    expect(after.stdout).toMatch(/^ok +set aside +nothing$/m);
  });
});

describe('an unexpected error', () => {
  it('is named for the machine’s owner, and logged with the path that was asked for', async () => {
    const { code, stderr } = await run('backup', 'never.backup');

    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('internal error: Error: a store in memory has no files'),
    ]);
    expect(instance.log.lines).toEqual([
      {
        level: 'error',
        message: 'request failed',
        fields: { method: 'POST', path: '/v1/backup', error: expect.any(Error) },
      },
    ]);
  });
});
