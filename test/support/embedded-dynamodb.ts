// A database for tests: the embedded one, in memory or in a file, on a port of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTable } from '../../adapters/dynamodb/create-table.ts';

const BINARY = fileURLToPath(new URL('../../node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url));
const PORT_TRIES = 3;
const READY = /listening on (http:\/\/\S+)/i;

export interface TestDatabase {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  /** A new, empty table; its name. */
  newTable(): Promise<string>;
  stop(): Promise<void>;
}

/** `path`: a file that outlives the process; without it everything is in memory. */
export async function startEmbeddedDynamoDb(options: { readonly path?: string } = {}): Promise<TestDatabase> {
  const where = options.path === undefined ? [] : ['--db-path', options.path];
  for (let tries = 1; ; tries += 1) {
    const port = String(await freePort());
    const child = spawn(BINARY, ['--port', port, ...where], { stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      return testDatabase(child, await saysMatching(child, READY, 'the embedded database'));
    } catch (error) {
      // Somebody else may have taken the port between looking and binding.
      if (tries === PORT_TRIES) throw error;
    }
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The database behind an endpoint; stopping it ends the process. */
export function testDatabase(child: ChildProcess, endpoint: string): TestDatabase {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 2,
  });
  let tables = 0;
  return {
    endpoint,
    client,
    async newTable() {
      tables += 1;
      const name = `tocsin-test-${process.pid}-${tables}`;
      await createTable(client, name);
      return name;
    },
    async stop() {
      client.destroy();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What the first group of the pattern matches in the output, once it is there. Rejects with the output when the process ends before. */
export async function saysMatching(child: ChildProcess, pattern: RegExp, what: string): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (bytes: Buffer): void => {
      output += bytes.toString();
      const found = pattern.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${what} ended with code ${code}: ${output}`)));
  });
}
