// What each role may do, over the whole table of routes.
import { ROLES, type Role } from '../../../shared/api/access.ts';
import { ROUTES } from '../../../shared/api/routes.ts';
import { anApi } from '../../support/api-world.ts';

const FOR_ANALYSTS = [
  'POST /v1/views',
  'DELETE /v1/views/{id}',
  'PUT /v1/stories/{id}/triage',
  'POST /v1/subscriptions',
  'PATCH /v1/subscriptions/{id}',
  'DELETE /v1/subscriptions/{id}',
  'POST /v1/subscriptions/{id}/test',
  'POST /v1/subscriptions/{id}/mutes',
  'DELETE /v1/subscriptions/{id}/mutes',
];

const least = (method: string, path: string): Role => {
  if (method === 'GET') return 'read';
  return FOR_ANALYSTS.includes(`${method} ${path}`) ? 'analyst' : 'admin';
};

describe.each(ROUTES)('$method $path', ({ method, path }) => {
  it.each(ROLES)('is open to %s, or refused before anything is read', async (role) => {
    const { ask } = anApi();
    const { status, body } = await ask(method, path.replace(/\{\w+\}/g, 'x'), undefined, { 'x-tocsin-role': role });

    const isAllowed = ROLES.indexOf(role) >= ROLES.indexOf(least(method, path));
    expect(status === 403).toBe(!isAllowed);
    if (!isAllowed)
      expect(body).toMatchObject({
        code: 'forbidden',
        detail: `this needs the role ${least(method, path)}; your token has the role ${role}`,
      });
  });
});

it('a role that nobody knows may only read', async () => {
  const { ask } = anApi();
  const headers = { 'x-tocsin-role': 'root' };

  expect((await ask('GET', '/v1/topics', undefined, headers)).status).toBe(200);
  expect((await ask('POST', '/v1/feeds', {}, headers)).status).toBe(403);
});
