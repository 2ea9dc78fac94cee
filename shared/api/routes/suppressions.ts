// /v1/suppressions: addresses that get no mail.
import { mapConcurrently } from '../../core/map-concurrently.ts';
import { pageSchemaOf } from '../../model/page.ts';
import { publishedSuppression, publishedSuppressionSchema } from '../../model/suppression.ts';
import { liftSuppression } from '../../usecases/managing/suppress.ts';
import { ok, pageAsked } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { route } from '../route.ts';
import { pageQuery, suppressedAddressSchema, suppressionRemovedSchema } from '../schemas.ts';

const CONCURRENCY = 5;

export const listSuppressions = route({
  summary: 'Addresses that get no mail, because it bounced or was reported as spam; as hashes, the oldest first',
  query: pageQuery,
  answers: { 200: pageSchemaOf(publishedSuppressionSchema) },
  handle: async ({ query }, { suppressions, subscriptions }: ApiPorts) => {
    const { items, cursor } = await suppressions.listSuppressions(pageAsked(query));
    const shown = await mapConcurrently(items, CONCURRENCY, async (suppression) => {
      const found = await subscriptions.subscriptionsOfHash(suppression.hash);
      return publishedSuppression(
        suppression,
        found.filter(({ channel }) => channel === 'email').map(({ id }) => id),
      );
    });
    return ok({ items: shown, cursor });
  },
});

export const removeSuppression = route({
  summary: 'Send mail to an address again; its subscriptions go on as they were',
  body: suppressedAddressSchema,
  answers: { 200: suppressionRemovedSchema },
  handle: async ({ body }, ports: ApiPorts) => {
    const { outcome, subscriptions } = await liftSuppression(body.address, ports);
    return ok({ outcome, subscriptions: subscriptions.map(({ id }) => id) });
  },
});
