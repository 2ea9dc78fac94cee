import { SNSClient } from '@aws-sdk/client-sns';
import { requestTimeouts } from '../request-timeouts.ts';

export interface SnsOptions {
  /** The usual client of the environment where absent. */
  readonly client?: SNSClient;
  readonly topicArn: string;
}

export const clientOf = ({ client }: Pick<SnsOptions, 'client'>): SNSClient =>
  client ?? new SNSClient({ requestHandler: requestTimeouts() });
