// On each deploy that changes config/ or the data version: upgrades the table, and brings the compiled configuration into it. CloudFormation
// calls it as a custom resource, last of all, and waits for the answer.
import type { Context } from 'aws-lambda';
import type { CustomResourceRequest } from '../adapters/cloudformation/respond.ts';
import type { Telemetry } from '../adapters/log/powertools.ts';
import { DATA_VERSION } from '../shared/core/data-version.ts';
import type { Settings } from '../shared/model/settings.ts';
import { type Configuration, type ConfigurePorts, configure } from '../shared/usecases/managing/configure.ts';

export type ConfigureDependencies = Telemetry &
  ConfigurePorts & {
    readonly settings: Settings;
    /** Upgrades the table's records; the function that it gives records the new version, once nothing can fail any more. */
    readonly upgrade: (onUpgrade: (from: number, to: number) => void) => Promise<() => Promise<void>>;
    /** The e-mail subscriptions that SNS holds get alerts of stories only; how many were changed. */
    readonly letOnlyAlertsThrough: () => Promise<number>;
    readonly readConfiguration: () => Configuration;
    /** `failure`: why it failed, null on success. */
    readonly respond: (request: CustomResourceRequest, physicalId: string, failure: string | null) => Promise<void>;
  };

/** The data version that brought alerts of stories beside the events of matches. */
const ALERTS_OF_STORIES = 3;
const PHYSICAL_ID = 'tocsin-configuration';

export const createHandler =
  (dependencies: ConfigureDependencies) =>
  async (request: CustomResourceRequest, context?: Context): Promise<void> => {
    const end = dependencies.begin(context);
    let failure: string | null = null;
    try {
      // The feeds and matches of a deleted stack go, or stay, with its table.
      if (request.RequestType !== 'Delete') await bringIn(dependencies);
    } catch (error) {
      dependencies.log.error('configuring failed', { error });
      failure = error instanceof Error ? error.message : String(error);
    } finally {
      end();
    }
    await dependencies.respond(request, PHYSICAL_ID, failure);
  };

async function bringIn(dependencies: ConfigureDependencies): Promise<void> {
  const { settings, upgrade, readConfiguration, ...ports } = dependencies;
  let before = DATA_VERSION;
  const recordVersion = await upgrade((from, to) => {
    before = from;
    ports.log.info('the table is upgraded', { fromVersion: from, toVersion: to });
  });
  const result = await configure(ports, readConfiguration(), settings);
  // Last: if anything fails, CloudFormation brings the version before back, which must find a table that it may use.
  await recordVersion();
  if (before < ALERTS_OF_STORIES) await changeSubscriptionsOfSns(dependencies);
  // A log holds no addresses.
  const subscriptionsToEnded = result.subscriptionsToEnded.map(({ topic, id }) => ({ topic, id }));
  ports.log.info('configured', { ...result, subscriptionsToEnded });
}

/**
 * After the version is recorded: publications of the version before would not pass the new filters, if it came back. As long as they are not
 * changed, people get an event a match besides the alerts: too much rather than too little, and no reason to fail a deploy that is done.
 */
async function changeSubscriptionsOfSns({ log, letOnlyAlertsThrough }: ConfigureDependencies): Promise<void> {
  try {
    log.info('e-mail subscriptions of SNS get alerts only', { changed: await letOnlyAlertsThrough() });
  } catch (error) {
    log.error('some e-mail subscriptions of SNS still get an event for each match; subscribe them again', { error });
  }
}
