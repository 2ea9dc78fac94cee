// Which API a command speaks to: of a running instance on this machine, of a stopped one (its database is opened for the command), or of a
// stack on AWS.
import { askOrDo } from '../../local/data-folder/free-folder.ts';
import { otherVersion, type Runtime } from '../../local/data-folder/runtime-file.ts';
import { type CommandIo, configFolder, dataFolder } from '../command.ts';
import { type ApiClient, apiClient } from './client.ts';

/** The options that say which instance is meant. */
export interface InstanceChoice {
  /** `--stack NAME`: the deployment on AWS; absent: this machine. */
  readonly stack?: string;
  /** `--region`, otherwise the environment's. */
  readonly region?: string;
  /** `--data DIR` of the instance on this machine; absent: see `dataFolder`. */
  readonly data?: string;
}

export const INSTANCE_OPTIONS = {
  stack: { type: 'string' },
  region: { type: 'string' },
  data: { type: 'string' },
} as const;

/** The same in a line of usage. */
export const INSTANCE_USAGE = '[--data DIR | --stack NAME [--region R]]';

/** Does work with the API of the chosen instance. */
export async function withApi<T>(
  choice: InstanceChoice,
  io: CommandIo,
  work: (api: ApiClient) => Promise<T>,
): Promise<T> {
  const api = await connect(choice, io);
  try {
    return await work(api);
  } finally {
    await api.close();
  }
}

async function connect(choice: InstanceChoice, io: CommandIo): Promise<ApiClient> {
  if (choice.stack !== undefined) {
    // Loaded only here: the AWS SDK takes a while.
    const { signedFetch, stackUrl } = await import('./stack.ts');
    const { url, region } = await stackUrl(choice.stack, choice.region, io);
    return apiClient(url, signedFetch(region));
  }
  const folder = dataFolder(choice.data, io);
  return askOrDo(
    folder,
    async (running) => ofInstance(running, io),
    () => ofFolder(folder, io),
  );
}

function ofInstance(running: Runtime, io: CommandIo): ApiClient {
  const remark = otherVersion(running);
  if (remark !== null) io.stderr(`${remark}\n`);
  return apiClient(running.url, async (request) => {
    request.headers.set('authorization', `Bearer ${running.token}`);
    return fetch(request);
  });
}

async function ofFolder(folder: string, io: CommandIo): Promise<ApiClient> {
  // Loaded only here: it starts a database.
  const [{ openOffline }, { readSettings }] = await Promise.all([
    import('../../local/offline.ts'),
    import('../../adapters/files/read-configuration.ts'),
  ]);
  const print = (line: string): void => io.stderr(`${line}\n`);
  const offline = await openOffline(folder, await readSettings(configFolder(io), io.env), { env: io.env, say: print });
  return apiClient('http://127.0.0.1', offline.handleApi, offline.close);
}
