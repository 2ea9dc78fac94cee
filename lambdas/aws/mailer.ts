// Mails by SES, where a sender is set; none to an address that is suppressed.
import { createSesMailer } from '../../adapters/ses/mailer.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { Mailer, SuppressionStore } from '../../shared/ports.ts';
import { withoutSuppressed } from '../../shared/usecases/managing/checked-mailer.ts';
import { optionalVariable } from '../environment.ts';

/** Null without a sender. */
export function mailerFrom(
  env: Environment,
  { mail: { from, replyTo } }: Settings,
  suppressions: Pick<SuppressionStore, 'getSuppression'>,
): Mailer | null {
  if (from === null) return null;
  const configurationSet = optionalVariable(env, 'configurationSet') ?? null;
  return withoutSuppressed(createSesMailer({ from, replyTo, configurationSet }), suppressions);
}
