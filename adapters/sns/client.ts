import { SNSClient } from '@aws-sdk/client-sns';

/** A call that hangs must end well inside the two minutes that a try may take. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 20_000, throwOnRequestTimeout: true };

export interface SnsOptions {
  /** The usual client of the environment where absent. */
  readonly client?: SNSClient;
  readonly topicArn: string;
}

export const clientOf = ({ client }: Pick<SnsOptions, 'client'>): SNSClient =>
  client ?? new SNSClient({ requestHandler: TIMEOUTS });
