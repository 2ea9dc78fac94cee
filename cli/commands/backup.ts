// `tocsin backup`: the data of this machine in one file.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type BackupSummary, writeBackup } from '../../local/data-folder/backup.ts';
import { askOrDo, withFolder } from '../../local/data-folder/free-folder.ts';
import { InvalidInputError } from '../../shared/core/errors.ts';
import { INSTANCE_OPTIONS, withApi } from '../api/connect.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, dataFolder, EXIT } from '../command.ts';
import { printJson } from '../output.ts';

export const usage = 'tocsin backup FILE [--data DIR]      also while Tocsin runs';

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, { data: INSTANCE_OPTIONS.data }, usage, { min: 1, max: 1 });
  const [given = ''] = positionals;
  const folder = dataFolder(values.data, io);
  const file = resolve(io.cwd, given);
  if (!existsSync(folder))
    throw new InvalidInputError('not_found', `there is no data folder ${folder}`, ['name it with --data DIR']);
  const waiting = { say: (line: string): void => io.stderr(`${line}\n`), signal: io.signal };
  const made = await askOrDo(
    folder,
    () => withApi(values, io, (api) => api.call<BackupSummary>('POST', '/v1/backup', { body: { file } })),
    () => withFolder(folder, () => writeBackup(folder, file, new Date()), waiting),
  );
  if (io.json) printJson(io, made);
  else io.stdout(`${made.file}: ${Math.ceil(made.bytes / 1024)} KB. To restore it: tocsin restore ${given}\n`);
  return EXIT.done;
};
