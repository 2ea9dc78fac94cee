// `tocsin outputs` against a running instance.
import { aNewFeed, aTopic } from '../support/builders.ts';
import { aRunningInstance, type RunningInstance } from '../support/running-instance.ts';

let instance: RunningInstance;
beforeEach(async () => {
  instance = await aRunningInstance();
  await instance.stores.topics.putTopics([aTopic(), aTopic({ id: 'treaties', title: 'Treaties' })]);
});
afterEach(() => instance.stop());

const run = (...args: string[]) => instance.run(['outputs', ...args]);
const json = async (...args: string[]) => {
  const { code, stdout } = await run(...args, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout);
};

describe('tocsin outputs', () => {
  it('add shows the addresses once, and says that they are secret', async () => {
    const { code, stdout, stderr } = await run('add', '--topic', 'treaties', '--title', 'Treaties of today');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Treaties of today: treaties\n {2}Made [^\n]*; never read yet\n {2}Output [a-z2-7]{26}\n/);
    expect(stdout).toMatch(/Atom: {6}http:\/\/127\.0\.0\.1:4747\/f\/[a-z2-7]{26}-[\w-]{43}\.atom\n/);
    expect(stdout).toMatch(/JSON Feed: http:\/\/127\.0\.0\.1:4747\/f\/[a-z2-7]{26}-[\w-]{43}\.json\n/);
    expect(stdout).toContain('It is shown only now');
    expect((await run('list')).stdout).not.toContain('/f/');
  });

  it('list names each with what it shows and when it was last read', async () => {
    const { id } = await json('add', '--source', 'example.org', '--lang', 'en', '--text', 'Elbe');
    await instance.stores.outputs.noteRead(id, '2026-11-17');

    const { stdout } = await run();

    expect(stdout).toContain('every topic; source example.org; language en; text "Elbe"');
    expect(stdout).toContain('2026-11-17');
    expect((await run('show', id)).stdout).toContain('last read on 2026-11-17');
  });

  it('says how to add the first', async () => {
    expect(await run()).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('tocsin outputs add') });
  });

  it('take a feed by id or by address', async () => {
    const feed = aNewFeed();
    await instance.stores.feeds.addFeed(feed);

    expect(await json('add', '--feed', feed.url)).toMatchObject({ feed: feed.id, topics: ['*'] });
    expect(await json('add', '--feed', feed.id)).toMatchObject({ feed: feed.id });
  });

  it('change what is named, and an empty value ends a filter', async () => {
    const { id } = await json('add', '--topic', 'treaties', '--text', 'Elbe');

    const changed = await json('change', id, '--topic', 'river-crossings', '--topic', 'treaties', '--text', '');

    expect(changed).toMatchObject({ id, title: 'treaties', topics: ['river-crossings', 'treaties'], text: null });
  });

  it('renew gives another address, remove ends it', async () => {
    const { id, addresses } = await json('add');
    const renewed = await json('renew', id);

    expect(renewed.id).toBe(id);
    expect(renewed.addresses.atom).not.toBe(addresses.atom);
    expect(await json('remove', id)).toEqual({ removed: id });
    expect(await json('list')).toEqual([]);
  });

  it.each([
    [['add', '--topic', 'treatis'], 'Did you mean treaties?'],
    [['add', '--lang', 'German'], 'Did you mean "de"?'],
    [['add', '--feed', 'nothing'], 'is not the id of a feed'],
    [['change', 'x'], 'nothing to change'],
    [['show', 'x'], 'output "x" does not exist'],
    [['renew', 'x'], 'output "x" does not exist'],
    [['remove', 'x'], 'output "x" does not exist'],
    [['show'], 'missing argument'],
  ])('refuse %j with exit code 2', async (args, reason) => {
    const { code, stdout, stderr } = await run(...args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(reason);
    expect(await instance.stores.outputs.listOutputs()).toEqual([]);
  });
});
