// The process that reads config/ for another one: one task in, one answer out. See read-configuration-apart.ts.
import { InvalidInputError } from '../../shared/core/errors.ts';
import { readConfiguration } from './read-configuration.ts';
import type { ReaderAnswer, ReaderTask } from './read-configuration-apart.ts';

async function answerTo({ folder, limits }: ReaderTask): Promise<ReaderAnswer> {
  try {
    return { kind: 'read', read: await readConfiguration(folder, limits) };
  } catch (error) {
    if (!(error instanceof InvalidInputError))
      return { kind: 'failed', stack: (error as Error).stack ?? String(error) };
    const { code, message, problems } = error;
    return { kind: 'refused', code, summary: message.split('\n')[0] ?? message, problems };
  }
}

// Ctrl-C at the terminal reaches this process too; the other one decides what becomes of it.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
process.once('message', async (task) => {
  process.send?.(await answerTo(task as ReaderTask), () => process.disconnect());
});
