// Secrets of channels in the SSM Parameter Store: a SecureString for each subscription, encrypted with the account's own key.
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { DamagedRecordError, ServiceUnavailableError } from '../../shared/core/errors.ts';
import { MINUTE_MS } from '../../shared/core/time.ts';
import { type ChannelSecret, readChannelSecret } from '../../shared/model/channels.ts';
import type { SubscriptionId } from '../../shared/model/ids.ts';
import type { ChannelSecrets, Clock } from '../../shared/ports.ts';
import { requestTimeouts } from '../request-timeouts.ts';
import { errorName } from '../without-addresses.ts';

/** The Parameter Store answers some forty requests a second: a busy story has one for each subscriber. */
const CACHED_MS = MINUTE_MS;
const MOST_CACHED = 5_000;

export interface SsmSecretsOptions {
  /** The usual client of the environment where absent. */
  readonly client?: SSMClient;
  /** `/tocsin/NAME/channels`; the subscription's id follows. */
  readonly prefix: string;
  readonly clock: Clock;
}

interface Cached {
  readonly secret: ChannelSecret | null;
  readonly until: number;
}

export function createSsmSecrets({
  client = new SSMClient({ requestHandler: requestTimeouts() }),
  prefix,
  clock,
}: SsmSecretsOptions): ChannelSecrets {
  const cache = new Map<SubscriptionId, Cached>();
  const nameOf = (id: SubscriptionId): string => `${prefix}/${id}`;
  const keep = (id: SubscriptionId, secret: ChannelSecret | null): void => {
    if (cache.size >= MOST_CACHED) cache.clear();
    cache.set(id, { secret, until: clock.now().getTime() + CACHED_MS });
  };
  return {
    async getSecret(id) {
      const known = cache.get(id);
      if (known !== undefined && known.until > clock.now().getTime()) return known.secret;
      const secret = await read(client, nameOf(id));
      // One that is missing may be about to be written.
      if (secret !== null) keep(id, secret);
      return secret;
    },
    async putSecret(id, secret) {
      cache.delete(id);
      const Value = JSON.stringify(secret);
      await asked('store', () =>
        client.send(new PutParameterCommand({ Name: nameOf(id), Value, Type: 'SecureString', Overwrite: true })),
      );
      keep(id, secret);
    },
    async removeSecret(id) {
      cache.delete(id);
      await asked('remove', () => client.send(new DeleteParameterCommand({ Name: nameOf(id) }))).catch(unlessMissing);
    },
  };
}

async function read(client: SSMClient, name: string): Promise<ChannelSecret | null> {
  const command = new GetParameterCommand({ Name: name, WithDecryption: true });
  const answer = await asked('read', () => client.send(command)).catch(unlessMissing);
  const value = answer?.Parameter?.Value;
  return value === undefined ? null : readChannelSecret(parsed(value, name), name);
}

function parsed(value: string, name: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new DamagedRecordError(name, 'it is no JSON');
  }
}

class MissingParameter extends Error {}

/** The vendor's error may quote the request, so nothing of it is kept but its name. */
async function asked<T>(step: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const name = errorName(error);
    if (name === 'ParameterNotFound') throw new MissingParameter();
    throw new ServiceUnavailableError(`SSM could not ${step} the secret of a channel (${name})`);
  }
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof MissingParameter) return undefined;
  throw error;
}
