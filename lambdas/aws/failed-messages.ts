// What a function behind a queue is given for the messages whose work failed.
import { createFailedMessages } from '../../adapters/sqs/failed-messages.ts';
import type { Environment } from '../../shared/core/environment.ts';
import type { FailedMessages } from '../../shared/ports.ts';
import { requiredVariable } from '../environment.ts';

export const failedMessagesFrom = (env: Environment): FailedMessages =>
  createFailedMessages({
    queueUrl: requiredVariable(env, 'workQueueUrl'),
    deadLettersUrl: requiredVariable(env, 'deadLettersUrl'),
  });
