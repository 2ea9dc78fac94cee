// On each deploy that changes config/ or the data version: upgrades the table, and brings the compiled configuration into it. CloudFormation
// calls it as a custom resource, last of all, and waits for the answer.
import type { Context } from 'aws-lambda';
import type { CustomResourceRequest } from '../adapters/cloudformation/respond.ts';
import type { Telemetry } from '../adapters/log/powertools.ts';
import type { Settings } from '../shared/model/settings.ts';
import { type Configuration, type ConfigurePorts, configure } from '../shared/usecases/managing/configure.ts';

export type ConfigureDependencies = Telemetry &
  ConfigurePorts & {
    readonly settings: Settings;
    /** Upgrades the table's records; the function that it gives records the new version, once nothing can fail any more. */
    readonly upgrade: (onUpgrade: (from: number, to: number) => void) => Promise<() => Promise<void>>;
    readonly readConfiguration: () => Configuration;
    /** `failure`: why it failed, null on success. */
    readonly respond: (request: CustomResourceRequest, physicalId: string, failure: string | null) => Promise<void>;
  };

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

async function bringIn({ settings, upgrade, readConfiguration, ...ports }: ConfigureDependencies): Promise<void> {
  const recordVersion = await upgrade((from, to) =>
    ports.log.info('the table is upgraded', { fromVersion: from, toVersion: to }),
  );
  const result = await configure(ports, readConfiguration(), settings);
  // Last: if anything fails, CloudFormation brings the version before back, which must find a table that it may use.
  await recordVersion();
  // A log holds no addresses.
  const subscriptionsToEnded = result.subscriptionsToEnded.map(({ topic, id }) => ({ topic, id }));
  ports.log.info('configured', { ...result, subscriptionsToEnded });
}
