// The answer that CloudFormation waits for.
import { respondToCloudFormation } from '../../../adapters/cloudformation/respond.ts';
import { ServiceUnavailableError } from '../../../shared/core/errors.ts';
import { type LoopbackWeb, serveWeb } from '../../support/loopback.ts';

let web: LoopbackWeb | undefined;
afterEach(async () => {
  await web?.close();
  web = undefined;
});

/** Answers with this status; `bodies` are what it got. */
async function cloudFormation(status = 200) {
  const bodies: string[] = [];
  web = await serveWeb(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    bodies.push(Buffer.concat(parts).toString());
    response.writeHead(status).end('thank you');
  });
  return { bodies, origin: web.origin };
}

const request = (ResponseURL: string) =>
  ({ RequestType: 'Update', ResponseURL, StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Files' }) as const;

describe('the answer to CloudFormation', () => {
  it('is one PUT to the signed address, which allows no content type', async () => {
    const { bodies, origin } = await cloudFormation();

    await respondToCloudFormation(request(`${origin}/answer?signature=1`), 'thing', null);

    expect(web?.requests).toMatchObject([
      {
        method: 'PUT',
        path: '/answer?signature=1',
        headers: { 'content-type': '', 'content-length': String(bodies[0]?.length) },
      },
    ]);
    expect(JSON.parse(bodies[0] ?? '')).toEqual({
      Status: 'SUCCESS',
      Reason: 'configured',
      PhysicalResourceId: 'thing',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Files',
    });
  });

  it('says why it failed, in a thousand characters at most, of which some may take several bytes', async () => {
    const { bodies, origin } = await cloudFormation();

    await respondToCloudFormation(request(origin), 'thing', 'ü'.repeat(1001));

    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ Status: 'FAILED', Reason: 'ü'.repeat(1000) });
  });

  it('says nothing but the failure when that is empty', async () => {
    const { bodies, origin } = await cloudFormation();

    await respondToCloudFormation(request(origin), 'thing', '');

    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ Status: 'FAILED', Reason: '' });
  });

  it.each([200, 299])('is taken with status %i', async (status) => {
    const { origin } = await cloudFormation(status);

    await expect(respondToCloudFormation(request(origin), 'thing', null)).resolves.toBeUndefined();
  });

  it.each([300, 403, 500])('is not taken with status %i', async (status) => {
    const { origin } = await cloudFormation(status);

    await expect(respondToCloudFormation(request(origin), 'thing', null)).rejects.toThrow(
      `CloudFormation at ${new URL(origin).host} did not accept the response`,
    );
  });

  it('fails with the cause where nobody listens, or nobody who speaks TLS', async () => {
    const { origin } = await cloudFormation();
    const secure = origin.replace('http:', 'https:');

    const failure = await respondToCloudFormation(request(secure), 'thing', null).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(ServiceUnavailableError);
    expect(failure).toMatchObject({ cause: { code: expect.stringMatching(/^E/) } });
  });
});
