// One machine whose pack files go: one of them on purpose, then all of them by accident.
import { mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkplace, TROOPS_PACK, type Workplace } from '../support/tocsin-process.ts';

const packOf = (name: string): string =>
  TROOPS_PACK.replace('test-pack', `pack-${name}`).replace('id: troop-deployment', `id: ${name}`);

describe('a start whose pack files are gone', () => {
  let place: Workplace;
  beforeEach(() => {
    place = makeWorkplace();
    place.write('config/tocsin.yaml', 'mail:\n  from: alerts@example.org\n');
    for (const name of ['ferries', 'bridges']) place.write(`config/topics/${name}.yaml`, packOf(name));
  });
  afterEach(() => place.remove());

  const topicsInForce = async () =>
    (await place.json<readonly { id: string }[]>('topics', 'list')).map(({ id }) => id).sort();

  it('ends the topics of one, and goes on with the old topics when all are gone', async () => {
    await place.run('start', '--once', '--no-sample');
    await place.run('subscribe', 'email', 'desk@example.org', '--topic', 'ferries');

    rmSync(join(place.folder, 'config/topics/ferries.yaml'));
    const { code, stdout } = await place.run('start', '--once', '--no-sample');
    const afterOne = await topicsInForce();
    renameSync(join(place.folder, 'config/topics'), join(place.folder, 'elsewhere'));
    mkdirSync(join(place.folder, 'config/topics'));
    const empty = await place.run('start', '--once', '--no-sample');
    const afterAll = await topicsInForce();
    const doctor = await place.run('doctor');
    const log = readFileSync(join(place.folder, '.tocsin/tocsin.log'), 'utf8');
    rmSync(join(place.folder, 'config/topics'), { recursive: true });
    const missing = await place.run('start', '--once', '--no-sample');
    renameSync(join(place.folder, 'elsewhere'), join(place.folder, 'config/topics'));
    const restored = await place.run('start', '--once', '--no-sample');

    expect(code).toBe(0);
    expect(stdout).toContain('Topics that ended: ferries.');
    expect(stdout).toMatch(/Still subscribed to ferries, which no longer matches: desk@example\.org \(email, /);
    expect(afterOne).toEqual(['bridges', 'troop-deployment']);
    expect(empty.code).toBe(0);
    expect(empty.stdout).toContain('LOOK: the pack files of 2 topics are missing');
    expect(afterAll).toEqual(['bridges', 'troop-deployment']);
    expect(log).toMatch(/"level":"WARN".*pack files are gone; their topics stay in force.*"bridges"/);
    expect(doctor.stdout).toMatch(/^LOOK +pack files +those of 2 topics are missing/m);
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('TOCSIN_CONFIG=DIR') as string });
    expect(restored.stdout).not.toMatch(/LOOK|ended/);
  }, 120_000);
});
