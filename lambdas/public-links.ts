// The one link that each mail carries. A GET shows a page and changes nothing, since scanners follow links; a POST ends the
// subscription at once (RFC 8058: no login, no cookie, no redirect). The 256-bit token is the authority.
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { createTelemetry } from '../adapters/log/powertools.ts';
import { createPublicLinks } from '../shared/api/public-links.ts';
import { requestOf, resultOf } from './http-event.ts';
import { once } from './once.ts';
import { stores, systemClock } from './stores.ts';

const world = once(() => {
  const telemetry = createTelemetry('public-links');
  return { telemetry, handle: createPublicLinks({ ...stores(), log: telemetry.log, clock: systemClock }) };
});

/** Without its gateway, for one machine. */
export const handlePublic = (request: Request): Promise<Response> => world().handle(request);

export async function handler(
  event: APIGatewayProxyEventV2,
  context?: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  const end = world().telemetry.begin(context);
  try {
    return await resultOf(await handlePublic(requestOf(event)));
  } finally {
    end();
  }
}
