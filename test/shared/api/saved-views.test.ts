// Saved views: one's own, and those for all.

import { anApi } from '../../support/api-world.ts';
import { START } from '../../support/builders.ts';

const by = (name: string, role = 'analyst') => ({ 'x-tocsin-caller': name, 'x-tocsin-role': role });

describe('a saved view', () => {
  it('is seen by its owner, and by all when it is shared', async () => {
    const { ask } = anApi();
    const own = await ask('POST', '/v1/views', { name: 'Zeal', query: 'topic=x' }, by('ana'));
    await ask('POST', '/v1/views', { name: 'All', query: '', shared: true }, by('ana'));
    const names = async (name: string) =>
      ((await ask('GET', '/v1/views', undefined, by(name, 'read'))).body['items'] as { name: string }[]).map(
        (view) => view.name,
      );

    expect(own).toMatchObject({
      status: 201,
      body: { name: 'Zeal', query: 'topic=x', owner: 'ana', shared: false, createdAt: START },
    });
    expect(await names('ana')).toEqual(['All', 'Zeal']);
    expect(await names('ben')).toEqual(['All']);
  });

  it('is removed by its owner or, when it is shared, by an admin', async () => {
    const { ask } = anApi();
    const add = async (shared: boolean) =>
      String((await ask('POST', '/v1/views', { name: `view ${shared}`, query: '', shared }, by('ana'))).body['id']);
    const [own, shared] = [await add(false), await add(true)];
    const removed = async (id: string, headers: Record<string, string>) =>
      (await ask('DELETE', `/v1/views/${id}`, undefined, headers)).status;

    expect(await removed(shared, by('ben'))).toBe(403);
    expect(await removed(own, by('ben'))).toBe(404);
    expect(await removed(own, by('root', 'admin'))).toBe(404);
    expect(await removed(shared, by('root', 'admin'))).toBe(204);
    expect(await removed(own, by('ana'))).toBe(204);
    expect(await removed(own, by('ana'))).toBe(404);
  });

  it('has a name, and an address that fits', async () => {
    const { ask } = anApi();
    const status = async (body: object) => (await ask('POST', '/v1/views', body)).status;

    expect(await status({ name: '', query: '' })).toBe(400);
    expect(await status({ name: 'x'.repeat(101), query: '' })).toBe(400);
    expect(await status({ name: 'x', query: 'x'.repeat(1_001) })).toBe(400);
    expect(await status({ name: 'x'.repeat(100), query: 'x'.repeat(1_000) })).toBe(201);
  });

  it('is one of five hundred at most', async () => {
    const api = anApi();
    const view = { name: 'x', query: '', owner: 'ana', shared: true, createdAt: START };
    for (let n = 0; n < 500; n++) await api.stores.views.putView({ ...view, id: `view-${n}` });

    expect((await api.ask('POST', '/v1/views', { name: 'y', query: '' })).body).toMatchObject({
      status: 400,
      detail: 'there are 500 saved views, and there can be no more. Remove some that nobody uses',
    });
  });
});
