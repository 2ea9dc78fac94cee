// What every subsystem is given.
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { EnvironmentName } from '../../lambdas/environment.ts';
import type { Settings } from '../../shared/model/settings.ts';
import type { Operations } from './operations.ts';
import type { Storage } from './storage.ts';

export interface Subsystem {
  readonly storage: Storage;
  readonly operations: Operations;
  readonly settings: Settings;
  /** Variables that every function gets. */
  readonly environment: Partial<Record<EnvironmentName, string>>;
  /** Folder of the bundles. */
  readonly bundles: string;
  readonly logRetention: RetentionDays;
}
