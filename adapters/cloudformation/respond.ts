// The answer a custom resource owes to CloudFormation: one PUT to the pre-signed address that came with the request.
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { ServiceUnavailableError } from '../../shared/core/errors.ts';

/** What CloudFormation sends to the function behind a custom resource. */
export interface CustomResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
}

/** Without an answer a deployment waits for an hour. */
const ANSWER_TIMEOUT_MS = 10_000;

/** `failure` is shown to the person who deploys; null for success. Throws ServiceUnavailableError when the address does not take the answer. */
export function respondToCloudFormation(
  request: CustomResourceRequest,
  physicalResourceId: string,
  failure: string | null,
): Promise<void> {
  const body = JSON.stringify({
    Status: failure === null ? 'SUCCESS' : 'FAILED',
    Reason: (failure ?? 'configured').slice(0, 1000),
    PhysicalResourceId: physicalResourceId,
    StackId: request.StackId,
    RequestId: request.RequestId,
    LogicalResourceId: request.LogicalResourceId,
  });
  const url = new URL(request.ResponseURL);
  const send = url.protocol === 'http:' ? httpRequest : httpsRequest;
  return new Promise((resolve, reject) => {
    const fail = (cause?: unknown) =>
      reject(new ServiceUnavailableError(`CloudFormation at ${url.host} did not accept the response`, { cause }));
    const outgoing = send(
      url,
      // An empty content type, as the address was signed.
      {
        method: 'PUT',
        headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) },
        timeout: ANSWER_TIMEOUT_MS,
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => (answer.statusCode !== undefined && answer.statusCode < 300 ? resolve() : fail()));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in 10 s')));
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}
