// Reads what is under config/ in a process of its own. Reading the shipped packs takes some 150 MB for a moment, and a process that goes on
// afterwards would keep most of it; a worker thread gives back half.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { TopicLimits } from '../../shared/query/limits.ts';
import type { ReadConfiguration } from './read-configuration.ts';

const READER = fileURLToPath(new URL('./configuration-reader.ts', import.meta.url));

/** What the reading process is asked. */
export interface ReaderTask {
  readonly folder: string;
  readonly limits: TopicLimits;
}

/** What it answers. `refused` holds what an InvalidInputError is made of. */
export type ReaderAnswer =
  | { readonly kind: 'read'; readonly read: ReadConfiguration }
  | {
      readonly kind: 'refused';
      readonly code: InvalidInputError['code'];
      readonly summary: string;
      readonly problems: readonly string[];
    }
  | { readonly kind: 'failed'; readonly stack: string };

/** As `readConfiguration`, with the same errors. */
export async function readConfigurationApart(folder: string, limits: TopicLimits): Promise<ReadConfiguration> {
  const answer = await askReader({ folder, limits });
  if (answer.kind === 'read') return answer.read;
  if (answer.kind === 'refused') throw new InvalidInputError(answer.code, answer.summary, answer.problems);
  throw new Error(`the files in ${folder} could not be read: ${answer.stack}`);
}

function askReader(task: ReaderTask): Promise<ReaderAnswer> {
  return new Promise((resolve, reject) => {
    // Output of libraries in that process is dropped; the answer comes as a message.
    const reader = fork(READER, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    reader.once('message', (answer) => resolve(answer as ReaderAnswer));
    reader.once('error', reject);
    reader.once('exit', (code, signal) =>
      resolve({ kind: 'failed', stack: `the process that reads them ended with ${signal ?? code}` }),
    );
    reader.send(task);
  });
}
