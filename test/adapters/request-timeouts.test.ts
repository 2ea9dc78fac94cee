import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { requestTimeouts } from '../../adapters/request-timeouts.ts';
import { clientSettings } from '../support/aws-json-server.ts';
import { serveWeb } from '../support/loopback.ts';

describe('a client of an AWS service', () => {
  it('gives up a request whose answer does not begin in time', async () => {
    const web = await serveWeb(() => {});
    const client = new SSMClient({ ...clientSettings(web), requestHandler: requestTimeouts(50) });

    await expect(client.send(new GetParameterCommand({ Name: 'x' }))).rejects.toMatchObject({ name: 'TimeoutError' });

    client.destroy();
    await web.close();
  });

  it.each([
    [undefined, 20_000, 5_000],
    [60_000, 60_000, 5_000],
    [2_000, 2_000, 2_000],
  ])('that may wait %s ms waits %d ms for an answer and %d ms for a connection', (waitMs, answer, connection) => {
    expect(requestTimeouts(waitMs)).toMatchObject({ requestTimeout: answer, connectionTimeout: connection });
  });
});
