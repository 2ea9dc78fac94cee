// Answers requests while Tocsin is not running.
import { existsSync } from 'node:fs';
import { InvalidInputError } from '../shared/core/errors.ts';
import type { Settings } from '../shared/model/settings.ts';
import { composeApi } from './compose-api.ts';
import { type StartOptions, startParts } from './instance.ts';
import { withMachineApi } from './pages/machine-api.ts';

export interface OfflineApi {
  readonly handleApi: (request: Request) => Promise<Response>;
  close(): Promise<void>;
}

/** For a question while nothing runs: the database and the API in this process, nothing is polled or sent. What is queued waits for the next start. */
export async function openOffline(
  folder: string,
  settings: Settings,
  options: Pick<StartOptions, 'env' | 'say'>,
): Promise<OfflineApi> {
  if (!existsSync(folder))
    throw new InvalidInputError('not_found', `there is no data in ${folder}`, [
      'start Tocsin once: npm start',
      'or name its folder: --data DIR',
      'or a deployment on AWS: --stack NAME',
    ]);
  const parts = await startParts(folder, settings, options);
  return { handleApi: withMachineApi(composeApi(parts), parts), close: () => parts.stop() };
}
