// What SES allows; without limits where no sender is set.
import { createSesSendQuota } from '../../adapters/ses/send-quota.ts';
import { wallClock } from '../../adapters/wall-clock.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { Log, SendQuota } from '../../shared/ports.ts';

export const sendQuotaFrom = ({ mail }: Pick<Settings, 'mail'>, log: Log): SendQuota =>
  mail.from === null ? { read: async () => null } : createSesSendQuota({ clock: wallClock, log });
