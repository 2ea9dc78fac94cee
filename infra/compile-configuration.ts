// The one JSON that `configure` brings into the table: what stands under config/, checked whole.
import { readConfiguration } from '../adapters/files/read-configuration.ts';
import { InvalidInputError } from '../shared/core/errors.ts';
import type { Settings } from '../shared/model/settings.ts';

/** JSON text of a Configuration. Throws InvalidInputError with every problem of every file: a deployment is not the time to guess. */
export async function compileConfiguration(folder: string, settings: Settings): Promise<string> {
  const { configuration, badRows } = await readConfiguration(folder, settings.topics);
  if (badRows.length > 0) throw new InvalidInputError('invalid_configuration', `${folder} cannot be deployed`, badRows);
  return JSON.stringify(configuration);
}
