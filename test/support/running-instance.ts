// An instance for the command line to talk to: the API on stores in memory, behind this machine's web server and its token, in a
// folder of its own. The command finds it as it finds a started Tocsin.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFeedVerifier } from '../../adapters/http/feed-verifier.ts';
import { lockFolder } from '../../local/data-folder/folder-lock.ts';
import { writeRuntime } from '../../local/data-folder/runtime-file.ts';
import { withMachineApi } from '../../local/pages/machine-api.ts';
import { startWebServer } from '../../local/pages/web-server.ts';
import { LocalQueues } from '../../local/queues/queues.ts';
import { createApi } from '../../shared/api/handle.ts';
import type { InstanceStatus } from '../../shared/health/instance-status.ts';
import type { MachineStatus } from '../../shared/health/machine-status.ts';
import type { PollMessage } from '../../shared/model/messages.ts';
import { defaultSettings } from '../../shared/model/settings.ts';
import { someAccess } from './access.ts';
import { aClock, aMachineStatus, type SetClock } from './builders.ts';
import { apiSenders, type PostedMessage } from './channels.ts';
import { type CommandFolder, commandFolder } from './command-line.ts';
import { aLog, aQueue, someSnsSubscriptions } from './fakes.ts';
import { createMemoryStores, type MemoryStores } from './memory-store.ts';

export interface RunningInstance extends Omit<CommandFolder, 'remove'> {
  /** Deletes a file below the folder. */
  remove(name: string): void;
  readonly stores: MemoryStores;
  /** The instance's own; the command's is the machine's. */
  readonly clock: SetClock;
  readonly log: ReturnType<typeof aLog>;
  /** The machine's queues, for what was set aside. */
  readonly queues: LocalQueues;
  /** What the machine says of itself from now on; all is well before. */
  sayOfMachine(said: Partial<MachineStatus>): void;
  /** From now on it answers as one did before it knew of its machine and of deliveries that fail. */
  becomeOlder(): void;
  /** What was queued to be polled at once, and is taken by this. */
  queued(): readonly PollMessage[];
  /** Tests that it sent. */
  readonly posted: readonly PostedMessage[];
  /** What the service answers each test with from now on. */
  refuseTests(error: Error): void;
  stop(): Promise<void>;
}

const TOKEN = 'token-of-this-test';

/** `allowHosts`: HOST:PORT pairs that it may read although they are private. */
export async function aRunningInstance(allowHosts: readonly string[] = []): Promise<RunningInstance> {
  const { remove, ...folder } = commandFolder();
  const clock = aClock();
  const stores = createMemoryStores({ clock });
  const pollQueue = aQueue<PollMessage>();
  const queues = new LocalQueues(':memory:');
  const machine: Partial<MachineStatus> = {};
  const log = aLog();
  const senders = apiSenders();
  const nowhere = async (): Promise<Response> => new Response(null, { status: 404 });
  const productApi = createApi({
    ...stores,
    ...senders.ports,
    clock,
    pollQueue,
    deliveryQueue: { send: async () => undefined },
    operatorSubscriptions: null,
    snsSubscriptions: someSnsSubscriptions({ stateOf: async () => 'pending' }),
    log,
    settings: { ...defaultSettings, mail: { ...defaultSettings.mail, from: 'alerts@example.org', confirm: false } },
    problemsOfTopics: () => [],
    publicUrl: () => 'http://127.0.0.1:4747',
    verifyFeed: openFeedVerifier({ ...defaultSettings, fetch: { allowHosts } }),
  });
  let handleApi = withMachineApi(productApi, {
    queues,
    access: someAccess(TOKEN).access,
    health: { machineStatus: () => aMachineStatus({ deadLetters: queues.deadLetters(), ...machine }) },
    backup: async () => {
      throw new Error('a store in memory has no files');
    },
    log,
  });
  const server = await startWebServer({
    port: 0,
    ...someAccess(TOKEN),
    handleApi: (request) => handleApi(request),
    handlePublic: nowhere,
    handleHealth: nowhere,
    handlePage: nowhere,
    handleSns: nowhere,
  });
  const data = join(folder.path, '.tocsin');
  mkdirSync(data);
  writeFileSync(join(data, 'token'), TOKEN);
  const unlock = lockFolder(data);
  const forget = writeRuntime(data, server.url);
  return {
    ...folder,
    remove: (name) => rmSync(join(folder.path, name)),
    stores,
    posted: senders.posted,
    refuseTests: (error) => void Object.assign(senders.ports.channelSender, { send: () => Promise.reject(error) }),
    clock,
    log,
    queues,
    becomeOlder: () => {
      handleApi = olderApi(productApi);
    },
    sayOfMachine: (said) => void Object.assign(machine, said),
    queued: () => pollQueue.take(),
    stop: async () => {
      forget();
      unlock();
      await server.close();
      queues.close();
      remove();
    },
  };
}

/** As version 0.1.0 answered. */
const olderApi =
  (handleApi: (request: Request) => Promise<Response>) =>
  async (request: Request): Promise<Response> => {
    const response = await handleApi(request);
    if (new URL(request.url).pathname !== '/v1/status') return response;
    const { deliveryFailures: _, operators: ___, feeds, ...status } = (await response.json()) as InstanceStatus;
    const { byStatus: __, ...counts } = feeds;
    return Response.json({ ...status, feeds: counts });
  };
