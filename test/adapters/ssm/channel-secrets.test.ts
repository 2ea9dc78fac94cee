// Secrets of channels in the Parameter Store, against a server that answers as SSM does.
import { SSMClient } from '@aws-sdk/client-ssm';
import { createSsmSecrets } from '../../../adapters/ssm/channel-secrets.ts';
import type { SubscriptionId } from '../../../shared/model/ids.ts';
import {
  type AwsAnswer,
  type AwsRequest,
  type AwsServer,
  clientSettings,
  serveAwsJson,
} from '../../support/aws-json-server.ts';
import { aClock } from '../../support/builders.ts';

const ID = 'abcdefghijklmnopqrstuvwxyz' as SubscriptionId;
const NAME = `/tocsin/Tocsin/channels/${ID}`;
const SECRET = { url: 'https://hooks.slack.com/services/T0/B0/abcdefghijklmnopqrst' };

let server: AwsServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** What SSM keeps; an answer of the test comes first. */
async function aStore(answer: (request: AwsRequest) => AwsAnswer | null = () => null) {
  const kept = new Map<string, string>();
  server = await serveAwsJson((request) => {
    const { Name, Value } = request.body as { Name: string; Value?: string };
    const said = answer(request);
    if (said !== null) return said;
    if (request.operation === 'PutParameter') kept.set(Name, Value ?? '');
    else if (!kept.has(Name)) return { error: 'ParameterNotFound' };
    else if (request.operation === 'DeleteParameter') kept.delete(Name);
    else return { body: { Parameter: { Name, Value: kept.get(Name) } } };
    return {};
  });
  const clock = aClock();
  const client = new SSMClient(clientSettings(server));
  return {
    kept,
    clock,
    asked: server.asked,
    secrets: createSsmSecrets({ client, prefix: '/tocsin/Tocsin/channels', clock }),
  };
}

describe('a secret in the Parameter Store', () => {
  it('is an encrypted parameter under the id of the subscription', async () => {
    const { secrets, asked } = await aStore();

    await secrets.putSecret(ID, SECRET);

    expect(asked).toMatchObject([
      {
        operation: 'PutParameter',
        body: { Name: NAME, Type: 'SecureString', Overwrite: true, Value: JSON.stringify(SECRET) },
      },
    ]);
  });

  it('is read once a minute at most', async () => {
    const { secrets, asked, kept, clock } = await aStore();
    kept.set(NAME, JSON.stringify(SECRET));

    for (const _ of [1, 2, 3]) expect(await secrets.getSecret(ID)).toEqual(SECRET);
    clock.advance(59_000);
    await secrets.getSecret(ID);
    expect(asked).toMatchObject([{ operation: 'GetParameter', body: { Name: NAME, WithDecryption: true } }]);

    clock.advance(1_000);
    await secrets.getSecret(ID);
    expect(asked).toHaveLength(2);
  });

  it('that is missing is null, and is asked for again', async () => {
    const { secrets, kept } = await aStore();

    expect(await secrets.getSecret(ID)).toBeNull();
    kept.set(NAME, JSON.stringify(SECRET));
    expect(await secrets.getSecret(ID)).toEqual(SECRET);
  });

  it('that is removed is gone at once, and can be removed twice', async () => {
    const { secrets } = await aStore();
    await secrets.putSecret(ID, SECRET);

    await secrets.removeSecret(ID);
    await secrets.removeSecret(ID);

    expect(await secrets.getSecret(ID)).toBeNull();
  });

  it('that could not be replaced is read again: SSM may have taken the new one', async () => {
    let isOut = false;
    const { secrets, kept } = await aStore(() => (isOut ? { error: 'InternalServerError', status: 500 } : null));
    await secrets.putSecret(ID, SECRET);
    const other = { url: `${SECRET.url}2` };

    isOut = true;
    await expect(secrets.putSecret(ID, other)).rejects.toThrow('could not store');
    isOut = false;
    kept.set(NAME, JSON.stringify(other));

    expect(await secrets.getSecret(ID)).toEqual(other);
  });

  it('that could not be removed is read again', async () => {
    let isOut = false;
    const { secrets, kept } = await aStore(() => (isOut ? { error: 'AccessDeniedException' } : null));
    await secrets.putSecret(ID, SECRET);

    isOut = true;
    await expect(secrets.removeSecret(ID)).rejects.toThrow(
      'SSM could not remove the secret of a channel (AccessDeniedException)',
    );
    isOut = false;
    kept.clear();

    expect(await secrets.getSecret(ID)).toBeNull();
  });

  it('cannot be read while SSM refuses, and is not taken for missing', async () => {
    const { secrets } = await aStore(() => ({ error: 'AccessDeniedException' }));

    await expect(secrets.getSecret(ID)).rejects.toMatchObject({
      code: 'service_unavailable',
      message: 'SSM could not read the secret of a channel (AccessDeniedException)',
    });
  });

  it('is one of five thousand that are remembered; beyond it they are read again', async () => {
    let read = 0;
    const send = async () => {
      read += 1;
      return { Parameter: { Value: JSON.stringify(SECRET) } };
    };
    const secrets = createSsmSecrets({ client: { send } as unknown as SSMClient, prefix: '/p', clock: aClock() });
    const idOf = (n: number) => `${n}` as SubscriptionId;
    for (let n = 0; n < 5_000; n += 1) await secrets.getSecret(idOf(n));

    await secrets.getSecret(idOf(0));
    expect(read).toBe(5_000);
    await secrets.getSecret(idOf(5_000));
    await secrets.getSecret(idOf(0));

    expect(read).toBe(5_002);
  });

  it.each(['not JSON https://hooks.slack.com', '{"url":7}', '{"address":"https://hooks.slack.com"}'])(
    'that is damaged (%s) is not quoted',
    async (value) => {
      const { secrets, kept } = await aStore();
      kept.set(NAME, value);

      const error = (await secrets.getSecret(ID).catch((thrown: unknown) => thrown)) as Error & { code: string };

      expect(error.code).toBe('damaged_record');
      expect(error.message).not.toContain('hooks.slack.com');
    },
  );

  it('cannot be stored while SSM refuses: that passes, and the error holds nothing of it', async () => {
    const { secrets } = await aStore(() => ({ error: 'ThrottlingException', body: { message: SECRET.url } }));

    const error = (await secrets.putSecret(ID, SECRET).catch((thrown: unknown) => thrown)) as Error;

    expect(error).toMatchObject({
      code: 'service_unavailable',
      message: 'SSM could not store the secret of a channel (ThrottlingException)',
    });
    expect(error.cause).toBeUndefined();
  });
});
