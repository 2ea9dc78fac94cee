// The sockets of one fetcher, as their agents are set. What they do with a server: hostile-servers.test.ts and badly-framed.test.ts.
import type { Agent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import { openConnections } from '../../../adapters/http/connections.ts';

const settingsOf = (agent: Agent) => (agent as Agent & { readonly options: Readonly<Record<string, unknown>> }).options;

/** What Node.js calls and its types say nothing of: whether the socket is kept. */
interface KeepingAgent extends Agent {
  keepSocketAlive(socket: Socket): boolean;
}

describe('connections', () => {
  const connections = openConnections(['a root']);
  afterAll(() => connections.close());
  const all = [connections.agentFor, connections.freshAgentFor, connections.lenientAgentFor];

  it('are of the kind that the address wants', () => {
    for (const agentFor of all) {
      expect(agentFor(true)).toBeInstanceOf(HttpsAgent);
      expect(agentFor(false)).not.toBeInstanceOf(HttpsAgent);
    }
    expect(new Set(all.flatMap((agentFor) => [agentFor(true), agentFor(false)])).size).toBe(6);
  });

  it.each([true, false])(
    'are kept for less than the five seconds of servers, two to an origin, the last used first (TLS: %s)',
    (secure) => {
      const agent = connections.agentFor(secure);

      expect(settingsOf(agent)).toMatchObject({ keepAlive: true, timeout: 4_000, scheduling: 'lifo' });
      expect(agent.maxFreeSockets).toBe(2);
    },
  );

  it.each([
    [31, true],
    [32, false],
  ])('are not kept beyond thirty-two idle ones of all origins: with %d, one more is: %s', (idle, isKept) => {
    const some = openConnections();
    const agent = some.agentFor(false);
    const idleSocket = () => new Socket();
    for (let n = 0; n < idle; n += 2)
      Object.assign(agent.freeSockets, { [`site-${n}`]: [idleSocket(), idleSocket()].slice(0, idle - n) });

    expect((agent as KeepingAgent).keepSocketAlive(idleSocket())).toBe(isKept);

    some.close();
  });

  it('of the other kinds serve one request', () => {
    for (const agentFor of all.slice(1)) {
      for (const secure of [true, false]) expect(settingsOf(agentFor(secure))['keepAlive']).toBe(false);
    }
  });

  it('under TLS verify certificates whatever the environment says, against the roots that are given', () => {
    for (const agentFor of all) {
      expect(settingsOf(agentFor(true))).toMatchObject({
        rejectUnauthorized: true,
        minVersion: 'TLSv1.2',
        ALPNProtocols: ['http/1.1'],
        ca: ['a root'],
      });
    }
    const usual = openConnections();
    expect(settingsOf(usual.agentFor(true))).not.toHaveProperty('ca');
    usual.close();
  });

  it('remember a thousand origins that frame badly; the oldest goes first', () => {
    const { badlyFramed } = openConnections();
    const origin = (n: number): string => `https://site-${n}.example.org`;
    for (let n = 0; n < 1_000; n += 1) badlyFramed.add(origin(n));

    const before = badlyFramed.has(origin(0));
    badlyFramed.add(origin(1_000));

    expect(before).toBe(true);
    expect([0, 1, 1_000, 1_001].map((n) => badlyFramed.has(origin(n)))).toEqual([false, true, true, false]);
  });
});
