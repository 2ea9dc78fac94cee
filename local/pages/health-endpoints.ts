// What supervisors and monitors ask: /healthz (is the process alive), /readyz (does it do its work), /metrics.
import { reasonsNotReady } from '../../shared/health/machine-findings.ts';
import type { Readiness } from '../../shared/health/machine-status.ts';

export interface HealthEndpoints {
  readonly readiness: () => Readiness;
  /** In Prometheus text format. */
  readonly metrics: () => Promise<string>;
}

const SAFE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export async function handleHealth(request: Request, parts: HealthEndpoints): Promise<Response> {
  const answer = ANSWERS[new URL(request.url).pathname];
  if (answer === undefined) return json(404, { status: 'not found' });
  if (request.method === 'GET' || request.method === 'HEAD') return answer(parts);
  return json(405, { status: 'method not allowed' }, { allow: 'GET, HEAD' });
}

const ANSWERS: Readonly<Record<string, (parts: HealthEndpoints) => Response | Promise<Response>>> = {
  '/healthz': () => json(200, { status: 'alive' }),
  '/readyz': ({ readiness }) => {
    const reasons = reasonsNotReady(readiness());
    return reasons.length === 0 ? json(200, { status: 'ready' }) : json(503, { status: 'not ready', reasons });
  },
  '/metrics': async ({ metrics }) =>
    new Response(await metrics(), { headers: { ...SAFE, 'content-type': METRICS_TYPE } }),
};

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: { ...SAFE, 'content-type': 'application/json', ...headers },
  });
