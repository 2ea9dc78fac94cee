// The API as one function from request to response, the same on Lambda, on one machine and in tests.
import { roleOf } from './access.ts';
import type { ApiPorts } from './api-ports.ts';
import { callerOf } from './caller.ts';
import { answer } from './router.ts';
import { ROUTES } from './routes.ts';

/** Who may ask is decided before: by IAM on AWS, by token, Host and Origin on one machine. Never throws. */
export const createApi =
  (ports: ApiPorts) =>
  (request: Request): Promise<Response> =>
    answer(
      ROUTES,
      request,
      { ...ports, caller: callerOf(request), role: roleOf(request) },
      {
        onServerError: (error) =>
          ports.log.error('request failed', { method: request.method, path: new URL(request.url).pathname, error }),
      },
    );
