// The sockets of one fetcher: kept alive for a moment within one origin, never shared between origins, never proxied.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { LenientSocket } from './lenient-socket.ts';

/** Shorter than the five seconds after which common servers hang up, so that we seldom reuse a socket that is closing. */
const IDLE_SOCKET_MS = 4000;
const MAX_IDLE_SOCKETS_PER_ORIGIN = 2;
const MAX_IDLE_SOCKETS = 32;
const MAX_BADLY_FRAMED = 1000;

/** Time for one address before the next one of the same name is tried beside it. */
export const ADDRESS_ATTEMPT_MS = 1000;

export interface Connections {
  agentFor(secure: boolean): HttpAgent;
  /** An agent whose sockets serve one request. */
  freshAgentFor(secure: boolean): HttpAgent;
  /** The same, for servers that frame their answers badly: see lenient-socket.ts. */
  lenientAgentFor(secure: boolean): HttpAgent;
  /** Origins known to do so, so that they are not asked twice each time. */
  readonly badlyFramed: { has(origin: string): boolean; add(origin: string): void };
  close(): void;
}

/** `certificateAuthorities`: PEM roots trusted instead of the system's (an intranet's own, or a test's); verification itself has no switch. */
export function openConnections(certificateAuthorities?: readonly string[]): Connections {
  const tls = {
    rejectUnauthorized: true, // said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED=0 cannot change it
    minVersion: 'TLSv1.2' as const,
    ALPNProtocols: ['http/1.1'],
    ...(certificateAuthorities === undefined ? {} : { ca: [...certificateAuthorities] }),
  };
  const kept = {
    keepAlive: true,
    timeout: IDLE_SOCKET_MS,
    maxFreeSockets: MAX_IDLE_SOCKETS_PER_ORIGIN,
    scheduling: 'lifo' as const,
  };
  const plain = silentWhenIdle(new HttpAgent(kept));
  const secured = silentWhenIdle(new HttpsAgent({ ...kept, ...tls }));
  const once = [new HttpAgent({ keepAlive: false }), new HttpsAgent({ keepAlive: false, ...tls })] as const;
  const lenient = [
    leniently(new HttpAgent({ keepAlive: false })),
    leniently(new HttpsAgent({ keepAlive: false, ...tls })),
  ] as const;
  return {
    agentFor: (secure) => (secure ? secured : plain),
    freshAgentFor: (secure) => (secure ? once[1] : once[0]),
    lenientAgentFor: (secure) => (secure ? lenient[1] : lenient[0]),
    badlyFramed: boundedSet(),
    close: () => {
      for (const agent of [plain, secured, ...once, ...lenient]) agent.destroy();
    },
  };
}

/** The oldest member goes first. */
function boundedSet(): Connections['badlyFramed'] {
  const members = new Set<string>();
  return {
    has: (origin) => members.has(origin),
    add: (origin) => {
      if (members.size >= MAX_BADLY_FRAMED) members.delete([...members][0] ?? '');
      members.add(origin);
    },
  };
}

/**
 * A server that speaks on an idle connection is preparing the answer to a request it has not seen (a smuggled reply),
 * so such a socket is thrown away. The number of idle sockets is bounded over all origins.
 */
function silentWhenIdle<A extends HttpAgent>(agent: A): A {
  const keepSocketAlive = agent.keepSocketAlive.bind(agent);
  const reuseSocket = agent.reuseSocket.bind(agent);
  agent.keepSocketAlive = (socket: Duplex) => {
    if (idleSockets(agent) >= MAX_IDLE_SOCKETS) return false;
    const kept = keepSocketAlive(socket) as unknown as boolean;
    if (kept) socket.on('data', destroyOnData);
    return kept;
  };
  agent.reuseSocket = (socket, request) => {
    socket.removeListener('data', destroyOnData);
    reuseSocket(socket, request);
  };
  return agent;
}

function leniently<A extends HttpAgent>(agent: A): A {
  const createConnection = agent.createConnection.bind(agent);
  agent.createConnection = (options) => {
    const socket = createConnection(options);
    return socket ? new LenientSocket(socket) : socket;
  };
  return agent;
}

function destroyOnData(this: Duplex): void {
  this.destroy();
}

const idleSockets = (agent: HttpAgent): number =>
  Object.values(agent.freeSockets).reduce((sum, sockets) => sum + (sockets?.length ?? 0), 0);
