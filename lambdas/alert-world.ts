// What the two functions that tell people are given: the table, the SNS topic, SES where a sender is set.
import { createTelemetry } from '../adapters/log/powertools.ts';
import { createSesMailer } from '../adapters/ses/mailer.ts';
import { createAlertPublisher } from '../adapters/sns/alert-publisher.ts';
import { alertLinksUnder } from '../shared/alerts/alert-links.ts';
import { mailWait, optionalVariable, requiredVariable, settingsFromEnvironment } from './environment.ts';
import { stores, systemClock } from './stores.ts';

export function alertWorld(service: 'send-alerts' | 'sweep') {
  const settings = settingsFromEnvironment();
  const { from, replyTo } = settings.mail;
  return {
    ...createTelemetry(service),
    ...stores(),
    mailer: from === null ? null : createSesMailer({ from, replyTo, ...mailWait() }),
    alertPublisher: createAlertPublisher({ topicArn: requiredVariable('alertTopicArn') }),
    alertLinks: alertLinksUnder(optionalVariable('publicUrl')),
    clock: systemClock,
    settings,
  };
}
