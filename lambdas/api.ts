// The HTTP API. IAM has let the request in before it gets here (on one machine the local server has).
import type { Telemetry } from '../adapters/log/powertools.ts';
import type { ApiPorts } from '../shared/api/api-ports.ts';
import { createApi } from '../shared/api/handle.ts';
import { compileTopic } from '../shared/matching/compile/compile-topic.ts';
import { createHttpHandler, type HttpHandler } from './http-event.ts';

export type ApiDependencies = Telemetry & Omit<ApiPorts, 'problemsOfTopics'>;

export const createHandler = (dependencies: ApiDependencies): HttpHandler =>
  createHttpHandler(createRequestHandler(dependencies), dependencies);

/** The API without its gateway. */
export const createRequestHandler = (
  dependencies: Omit<ApiPorts, 'problemsOfTopics'>,
): ((request: Request) => Promise<Response>) =>
  createApi({
    ...dependencies,
    // Topic by topic: what reads documents stays out of the bundle.
    problemsOfTopics: (topics) =>
      topics.flatMap((topic) =>
        compileTopic(topic, dependencies.settings.topics).problems.map(({ message }) => message),
      ),
  });
