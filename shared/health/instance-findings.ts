// What is well and what is not, in words: made from the figures of an instance, for `doctor`, the status page and /readyz alike.
import { counted } from '../core/counted.ts';
import { DAY_SECONDS, MINUTE_MS } from '../core/time.ts';
import { REMARKABLE_STATUSES } from '../feeds/health-statuses.ts';
import { CHANNEL_NAMES } from '../model/channels.ts';
import { timeInWords, UTC } from '../text/zoned-time.ts';
import { type DeliveryFailure, FAILED_SHOWN_DAYS, MOST_FAILING } from './failing-deliveries.ts';
import { duration, type Finding } from './finding.ts';
import type { InstanceStatus } from './instance-status.ts';

/** The schedule runs each minute; three missed ones are a problem. */
const SCHEDULE_LATE_MS = 3 * MINUTE_MS;
/** The sweep comes each five minutes; two of them. */
const ALERT_LATE_MS = 10 * MINUTE_MS;

/** Judged against the instance's own clock, not that of the machine that asks. */
export function instanceFindings(status: InstanceStatus): readonly Finding[] {
  return [
    scheduleFinding(status),
    feedsFinding(status),
    { what: 'topics', well: status.topics > 0, says: `${status.topics} in force` },
    alertsFinding(status),
    ...consentFindings(status),
    ...deliveryFindings(status.deliveryFailures),
    ...operatorFindings(status.operators),
    ...mailFindings(status),
  ];
}

const ageMs = (instant: string | null, { time }: InstanceStatus): number =>
  instant === null ? Number.POSITIVE_INFINITY : Date.parse(time) - Date.parse(instant);

function scheduleFinding(status: InstanceStatus): Finding {
  const { lastScheduledMinute: last } = status;
  if (last === null) return { what: 'schedule', well: false, says: 'has never run' };
  const age = ageMs(last, status);
  if (age < -SCHEDULE_LATE_MS) {
    const says = `last ran for ${timeInWords(last, UTC)}, which is in the future: the clock must have been ahead; feeds are still polled`;
    return { what: 'schedule', well: false, says };
  }
  return { what: 'schedule', well: age < SCHEDULE_LATE_MS, says: `last ran for ${timeInWords(last, UTC)}` };
}

function feedsFinding({ feeds, oldestPolledAt }: InstanceStatus): Finding {
  const { total, failing, neverPolled, byStatus } = feeds;
  const remarkable = REMARKABLE_STATUSES.flatMap((each) => (byStatus[each] ? [`${byStatus[each]} ${each}`] : []));
  const counts = [`${total} followed`, `${failing} failing`, ...remarkable, `${neverPolled} not read yet`];
  const polled =
    oldestPolledAt === null ? '' : `; every batch has been polled since ${timeInWords(oldestPolledAt, UTC)}`;
  return { what: 'feeds', well: total > 0 && failing * 2 < total, says: `${counts.join(', ')}${polled}` };
}

function alertsFinding(status: InstanceStatus): Finding {
  const { due, oldestDueAt } = status;
  if (due === 0) return { what: 'alerts', well: true, says: 'none waiting' };
  const oldest = oldestDueAt === null ? '' : `, the oldest due since ${timeInWords(oldestDueAt, UTC)}`;
  return { what: 'alerts', well: ageMs(oldestDueAt, status) < ALERT_LATE_MS, says: `${due} waiting${oldest}` };
}

/** Not a fault, but worth knowing. */
const consentFindings = ({ question }: Partial<InstanceStatus>): readonly Finding[] =>
  question === 'off'
    ? [{ what: 'consent', well: true, says: 'new addresses are not asked whether they agree: mail.confirm is false' }]
    : [];

function deliveryFindings(failures: readonly DeliveryFailure[]): readonly Finding[] {
  if (failures.length === 0) return [{ what: 'deliveries', well: true, says: 'none failing' }];
  return failures.map((failure) => ({ what: 'deliveries', well: false, says: failureInWords(failure) }));
}

/** Alarms are of no use until somebody receives them. */
function operatorFindings(operators: InstanceStatus['operators']): readonly Finding[] {
  if (operators === null) return [];
  const { confirmed, unconfirmed, problem } = operators;
  const finding = (well: boolean, says: string): Finding => ({ what: 'operators', well, says });
  if (problem !== null) return [finding(false, `it is not known who is told of alarms: ${problem}`)];
  if (unconfirmed > 0) {
    const many = `${counted(unconfirmed, 'subscription')} of the operations topic ${unconfirmed === 1 ? 'is' : 'are'} not confirmed`;
    const told = confirmed === 0 ? ', so no one receives alarms' : '';
    return [finding(false, `${many}${told}: open the link in the mail of AWS Notifications (docs/aws.md)`)];
  }
  if (confirmed > 0) return [finding(true, `${counted(confirmed, 'subscription')} of the operations topic`)];
  const says =
    'no one receives alarms: set aws.operationsEmail in config/tocsin.yaml, deploy, and open the link in the mail of AWS Notifications (docs/aws.md)';
  return [finding(false, says)];
}

/** What SES allows. Empty where mails do not leave by SES. */
function mailFindings({ mailQuota: quota }: InstanceStatus): readonly Finding[] {
  if (quota === undefined) return [];
  const mail = (well: boolean, says: string): readonly Finding[] => [{ what: 'mail', well, says }];
  if (quota === null)
    return mail(false, 'the limits of SES could not be read; the log of the function api has the cause');
  if (!quota.isEnabled)
    return mail(false, 'SES has stopped sending for this account: see the reputation dashboard in the SES console');
  const rate = `SES sends ${counted(quota.perSecond, 'mail')} a second`;
  const day = quota.perDay === null ? '' : `, ${quota.leftToday} of ${quota.perDay} left for these 24 hours`;
  if (quota.isSandbox)
    return mail(
      false,
      `${rate}${day}; the account is in the SES sandbox, so mails reach verified addresses only: ask AWS for production access`,
    );
  return mail(quota.leftToday !== 0, `${rate}${day}`);
}

function failureInWords({ channel, state, count, lastDay, since, reason }: DeliveryFailure): string {
  const many =
    count >= MOST_FAILING ? `${count} or more ${CHANNEL_NAMES[channel]}s` : counted(count, CHANNEL_NAMES[channel]);
  const first = `the first ${state === 'retrying' || state === 'held' ? 'since' : 'at'} ${timeInWords(since, UTC)}`;
  const fresh = lastDay === count ? '' : ` (${lastDay} in the last day)`;
  return `${many} ${TROUBLES[state]}${fresh}, ${first}: ${reason}. To see each: tocsin deliveries --failing`;
}

const WITHIN = `within ${duration(FAILED_SHOWN_DAYS * DAY_SECONDS)}`;
const TROUBLES: Readonly<Record<DeliveryFailure['state'], string>> = {
  retrying: 'being retried',
  held: 'waiting until the provider takes more',
  failed: `failed for good ${WITHIN}`,
  bounced: `bounced ${WITHIN}`,
  complained: `reported as unwanted ${WITHIN}`,
  disabled: `given up ${WITHIN} because the address is gone`,
  suppressed: `not sent ${WITHIN} because mail to the address had bounced`,
};
