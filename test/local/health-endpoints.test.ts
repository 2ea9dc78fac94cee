// /healthz, /readyz and /metrics as supervisors and monitors see them.
import { handleHealth } from '../../local/pages/health-endpoints.ts';
import type { Readiness } from '../../shared/health/machine-status.ts';
import { aMachineStatus } from '../support/builders.ts';

const ask = async (path: string, change: Partial<Readiness> = {}, method = 'GET') => {
  const response = await handleHealth(new Request(`http://127.0.0.1${path}`, { method }), {
    readiness: () => ({ ...aMachineStatus(), ...change }),
    metrics: async () => 'tocsin_ready 1\n',
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

const STOPPING = { state: 'stopping' } as const;

describe('/healthz', () => {
  it.each(['GET', 'HEAD'])('answers 200 to %s as long as the process answers at all', async (method) => {
    const { status, text } = await ask('/healthz', STOPPING, method);

    expect([status, JSON.parse(text)]).toEqual([200, { status: 'alive' }]);
  });
});

describe('/readyz', () => {
  it('answers 200 while the work is done', async () => {
    const { status, text } = await ask('/readyz');

    expect([status, JSON.parse(text)]).toEqual([200, { status: 'ready' }]);
  });

  it('answers 503 with every reason while it is not', async () => {
    const { status, text } = await ask('/readyz', {
      schedule: { at: null, secondsAgo: 200 },
      database: { isRestarting: true, restarts: 1, lastRestartAt: null },
    });

    expect([status, JSON.parse(text)]).toEqual([
      503,
      {
        status: 'not ready',
        reasons: ['the schedule is late: it last ran 3 minutes ago', 'the database is being restarted'],
      },
    ]);
  });
});

describe('/metrics', () => {
  it('is in Prometheus text format', async () => {
    const { status, headers, text } = await ask('/metrics');

    expect([status, text]).toEqual([200, 'tocsin_ready 1\n']);
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  });
});

it.each(['/healthz', '/readyz', '/metrics'])('an answer of %s is not kept by caches', async (path) => {
  expect((await ask(path)).headers.get('cache-control')).toBe('no-store');
});

it('other methods are refused', async () => {
  const { status, headers } = await ask('/healthz', {}, 'POST');

  expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});
