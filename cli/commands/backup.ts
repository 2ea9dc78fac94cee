// `tocsin backup` and `tocsin restore`: the data of this machine in one file, and back.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BackupSummary, restoreBackup, writeBackup } from '../../local/data-folder/backup.ts';
import { askOrDo, withFolder } from '../../local/data-folder/free-folder.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { HOME_OPTIONS } from '../api-client.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type CommandIo, dataFolder, EXIT } from '../command.ts';
import { printJson } from '../output.ts';
import { withApi } from './subscribe.ts';

export const usage = {
  backup: 'tocsin backup FILE [--data DIR]      also while Tocsin runs',
  restore: 'tocsin restore FILE [--data DIR]     into a folder that is not in use; existing data is renamed',
} as const;

const OPTIONS = { data: HOME_OPTIONS.data } as const;

export const backup: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage.backup, { min: 1, max: 1 });
  const folder = dataFolder(values.data, io);
  const file = resolve(io.cwd, positionals[0] ?? '');
  if (!existsSync(folder))
    throw new InvalidInputError('not_found', `there is no data folder ${folder}`, ['name it: --data DIR']);
  const made = await askOrDo(
    folder,
    () =>
      withApi(values, io, async (api) => (await api.call('POST', '/v1/backup', { body: { file } })) as BackupSummary),
    () => withFolder(folder, () => writeBackup(folder, file, new Date()), waiting(io)),
  );
  if (io.json) printJson(io, made);
  else io.stdout(`${made.file}: ${Math.ceil(made.bytes / 1024)} KB. To restore it: tocsin restore ${positionals[0]}\n`);
  return EXIT.done;
};

export const restore: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, OPTIONS, usage.restore, { min: 1, max: 1 });
  const folder = dataFolder(values.data, io);
  const file = resolve(io.cwd, positionals[0] ?? '');
  const { kept } = await withFolder(folder, () => restoreBackup(file, folder, new Date()), waiting(io));
  if (io.json) printJson(io, { folder, kept });
  else {
    io.stdout(`restored into ${folder}\n`);
    for (const name of kept) io.stderr(`the previous data is now ${name}\n`);
  }
  return EXIT.done;
};

const waiting = (io: CommandIo) => ({ say: (line: string): void => io.stderr(`${line}\n`), signal: io.signal });
