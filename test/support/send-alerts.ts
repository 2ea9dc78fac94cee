// What send-alerts and deliver-alerts do together: every subscriber gets a record, and each alert of the queue one try.
import { mapConcurrently } from '../../shared/core/map-concurrently.ts';
import type { ArticleId, MatchId } from '../../shared/model/ids.ts';
import type { DeliveryMessage } from '../../shared/model/messages.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { AlertPorts } from '../../shared/usecases/alerting/alert-ports.ts';
import { type DeliveryResult, deliver } from '../../shared/usecases/alerting/deliver.ts';
import { type Recorded, recordAlerts, recordAlertsOfMatch } from '../../shared/usecases/alerting/record-alerts.ts';

/** As many as deliver-alerts sends at once. */
const CONCURRENCY = 5;

/** What came of the alerts of one hit; `unfinished` ones are left to the sweep. */
export type SentAlerts = Recorded & Readonly<Partial<Record<DeliveryResult | 'unfinished', number>>>;

export const sendAlerts = (id: ArticleId, ports: AlertPorts, settings: Settings): Promise<SentAlerts> =>
  withQueue(ports, settings, (given) => recordAlerts(id, given, settings));

export const sendAlertsOfMatch = (id: MatchId, ports: AlertPorts, settings: Settings): Promise<SentAlerts> =>
  withQueue(ports, settings, (given) => recordAlertsOfMatch(id, given, settings));

/** Messages that wait are left to the sweep. */
async function withQueue(
  ports: AlertPorts,
  settings: Settings,
  work: (ports: AlertPorts) => Promise<Recorded>,
): Promise<SentAlerts> {
  const queued: DeliveryMessage[] = [];
  const send = async (messages: readonly DeliveryMessage[], seconds: number): Promise<void> => {
    if (seconds === 0) queued.push(...messages);
  };
  const recorded = await work({ ...ports, deliveryQueue: { send } });
  const results = await mapConcurrently(queued, CONCURRENCY, async ({ id, hasPlace }) => {
    try {
      return (await deliver(id, ports, settings, { hasPlace, isQueued: true })).result;
    } catch {
      return 'unfinished' as const;
    }
  });
  const counts: Partial<Record<DeliveryResult | 'unfinished', number>> = {};
  for (const result of results) counts[result] = (counts[result] ?? 0) + 1;
  return { ...recorded, ...counts };
}
