// Each minute: one message per due poll batch. The event's own time is not read: what was missed is caught up with.
import type { Context } from 'aws-lambda';
import type { Telemetry } from '../adapters/log/powertools.ts';
import type { Settings } from '../shared/model/settings.ts';
import { type SchedulePorts, schedulePolls } from '../shared/usecases/polling/schedule-polls.ts';

export type SchedulePollsDependencies = Telemetry & SchedulePorts & { readonly settings: Settings };

export const createHandler =
  ({ settings, ...ports }: SchedulePollsDependencies) =>
  async (_event: unknown, context?: Context): Promise<void> => {
    const end = ports.begin(context);
    try {
      const result = await schedulePolls(ports, settings);
      ports.log.info('polls scheduled', { ...result });
    } finally {
      end();
    }
  };
