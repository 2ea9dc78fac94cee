// API Gateway's HTTP API (payload format 2.0) to and from the web's Request and Response.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** No route looks at the host; and a path that begins with two slashes must not become one. */
const NO_HOST = 'https://api.invalid';

export function requestOf(event: APIGatewayProxyEventV2): Request {
  const { method } = event.requestContext.http;
  const url = new URL(`${NO_HOST}${event.rawPath}`);
  url.search = event.rawQueryString ?? '';
  const headers = new Headers();
  for (const [name, value] of Object.entries(event.headers ?? {})) if (value !== undefined) headers.set(name, value);
  const bodyless = method === 'GET' || method === 'HEAD' || event.body === undefined;
  return new Request(url, {
    method,
    headers,
    ...(bodyless ? {} : { body: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8') }),
  });
}

export async function resultOf(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}
