// The HTTP API. IAM has let the request in before it gets here (on one machine the local server has).
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { FeedVerifier } from '../adapters/http/feed-verifier.ts';
import { createTelemetry } from '../adapters/log/powertools.ts';
import { createSnsSubscriptions } from '../adapters/sns/subscriptions.ts';
import { createPollQueue } from '../adapters/sqs/queues.ts';
import { createApi } from '../shared/api/handle.ts';
import { compileTopic } from '../shared/matching/compile/compile-topic.ts';
import { requiredVariable, settingsFromEnvironment } from './environment.ts';
import { requestOf, resultOf } from './http-event.ts';
import { once } from './once.ts';
import { stores, systemClock } from './stores.ts';

const world = once(() => {
  const telemetry = createTelemetry('api');
  const settings = settingsFromEnvironment();
  const table = stores();
  let verifier: FeedVerifier | undefined;
  const handle = createApi({
    ...table,
    log: telemetry.log,
    pollQueue: createPollQueue({ queueUrl: requiredVariable('pollQueueUrl') }),
    snsSubscriptions: createSnsSubscriptions({ topicArn: requiredVariable('alertTopicArn') }),
    clock: systemClock,
    settings,
    // Topic by topic: what reads documents stays out of the bundle.
    problemsOfTopics: (topics) =>
      topics.flatMap((topic) => compileTopic(topic, settings.topics).problems.map(({ message }) => message)),
    // What fetches and reads feeds is loaded by the first request that needs it.
    verifyFeed: async (address) => {
      const { createFeedVerifier } = await import('../adapters/http/feed-verifier.ts');
      verifier ??= createFeedVerifier(settings, table.hostPaces);
      return verifier(address);
    },
  });
  return { telemetry, handle };
});

/** The API without its gateway, for one machine. */
export const handleApi = (request: Request): Promise<Response> => world().handle(request);

export async function handler(
  event: APIGatewayProxyEventV2,
  context?: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  const end = world().telemetry.begin(context);
  try {
    return await resultOf(await handleApi(requestOf(event)));
  } finally {
    end();
  }
}
