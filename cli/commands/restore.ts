// `tocsin restore`: the data of a backup in a data folder of this machine.
import { resolve } from 'node:path';
import { restoreBackup } from '../../local/data-folder/backup.ts';
import { withFolder } from '../../local/data-folder/free-folder.ts';
import { INSTANCE_OPTIONS } from '../api/connect.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, dataFolder, EXIT } from '../command.ts';
import { printJson } from '../output.ts';

export const usage =
  'tocsin restore FILE [--data DIR]     into a folder that is not in use; existing data is renamed, not deleted';

export const run: Command = async (args, io) => {
  const { values, positionals } = parseArguments(args, { data: INSTANCE_OPTIONS.data }, usage, { min: 1, max: 1 });
  const folder = dataFolder(values.data, io);
  const file = resolve(io.cwd, positionals[0] ?? '');
  const waiting = { say: (line: string): void => io.stderr(`${line}\n`), signal: io.signal };
  const { kept } = await withFolder(folder, () => restoreBackup(file, folder, new Date()), waiting);
  if (io.json) printJson(io, { folder, kept });
  else {
    io.stdout(`restored into ${folder}\n`);
    for (const name of kept) io.stderr(`the previous data is now ${name}\n`);
  }
  return EXIT.done;
};
