// API Gateway's HTTP API (payload format 2.0) to and from the web's Request and Response.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Telemetry } from '../adapters/log/powertools.ts';
import { CALLER_HEADER } from '../shared/api/caller.ts';

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context?: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

/** No route looks at the host; and a path that begins with two slashes must not become one. */
const NO_HOST = 'https://api.invalid';
/** In place of a method that the Fetch standard's Request refuses. */
const UNKNOWN_METHOD = 'UNKNOWN';

/** One invocation a request; `handle` is the same on one machine. */
export const createHttpHandler =
  (handle: (request: Request) => Promise<Response>, { begin }: Pick<Telemetry, 'begin'>): HttpHandler =>
  async (event, context) => {
    const end = begin(context);
    try {
      return await resultOf(await handle(requestOf(event)));
    } finally {
      end();
    }
  };

/** Never throws: what cannot be carried over is left out, or becomes what no route takes. */
export function requestOf(event: APIGatewayProxyEventV2): Request {
  const method = methodOf(event);
  const url = new URL(NO_HOST);
  // Assigned, because the gateway may have decoded a "?" or "#" of the path.
  url.pathname = withoutDotSegments(event.rawPath);
  url.search = event.rawQueryString ?? '';
  const body = method === 'GET' || method === 'HEAD' ? undefined : event.body;
  return new Request(url, {
    method,
    headers: headersOf(event),
    ...(body === undefined ? {} : { body: Buffer.from(body, event.isBase64Encoded ? 'base64' : 'utf8') }),
  });
}

/** For HEAD the gateway states the length itself, as it does for every other answer. */
export async function resultOf(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const { 'content-length': _, ...headers } = Object.fromEntries(response.headers);
  return { statusCode: response.status, headers, body: await response.text() };
}

function methodOf({ requestContext }: APIGatewayProxyEventV2): string {
  const { method } = requestContext.http;
  return /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/.test(method) ? method : UNKNOWN_METHOD;
}

/**
 * IAM allowed the path as it was sent, but a URL resolves `.` and `..` (also where their dots are encoded) and would lead to another
 * route. Encoded once more they are an ordinary name, which nothing has.
 */
const withoutDotSegments = (path: string): string =>
  path
    .split(/[/\\]/)
    .map((segment) =>
      /^(?:\.|%2e){1,2}$/i.test(segment) ? segment.replaceAll('%', '%25').replaceAll('.', '%252E') : segment,
    )
    .join('/');

/** A header that HTTP does not allow (the gateway decodes values as UTF-8) is left out. */
function headersOf({ headers = {}, requestContext }: APIGatewayProxyEventV2): Headers {
  const carried = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    try {
      if (value !== undefined) carried.append(name, value);
    } catch {}
  }
  // What a client says of itself does not count where IAM knows it.
  carried.delete(CALLER_HEADER);
  const caller = callerBy(requestContext);
  if (caller !== null) carried.set(CALLER_HEADER, caller);
  return carried;
}

/** `user/alice` or `assumed-role/Desk/alice`, of the ARN in the context that an IAM authorizer gives. */
function callerBy(context: APIGatewayProxyEventV2['requestContext']): string | null {
  const { authorizer } = context as { readonly authorizer?: { readonly iam?: { readonly userArn?: unknown } } };
  const arn = authorizer?.iam?.userArn;
  const name = typeof arn === 'string' ? (arn.split(':').at(-1) ?? '') : '';
  return /^[\x21-\x7e]+$/.test(name) ? name : null;
}
