// Run by test/shared/model/one-field.test.ts with a match that has a field more: prints where the field is found, as JSON.
import { decodeMatch, encodeMatch } from '../../adapters/dynamodb/match-codec.ts';
import { composePublication } from '../../shared/alerts/publication.ts';
import { matchJsonSchema } from '../../shared/api/json-schema.ts';
import { deliveryIdOf } from '../../shared/model/ids.ts';
import type { Match } from '../../shared/model/match.ts';
import { anApi } from './api-world.ts';
import { aMatch, aSubscription } from './builders.ts';
import { aRunningInstance } from './running-instance.ts';

const MOOD = 'grave, but hopeful: the river was crossed';

const match: Match & { readonly mood: string } = { ...aMatch(), mood: MOOD };
const record = encodeMatch(match);
const publication = composePublication(match, deliveryIdOf(match.id, aSubscription().id), 'UTC');
const api = anApi();
await api.stores.matches.putMatch(decodeMatch(record));
const instance = await aRunningInstance();
try {
  await instance.stores.matches.putMatch(decodeMatch(record));
  const run = async (...args: string[]): Promise<string> => (await instance.run(['matches', ...args])).stdout;
  process.stdout.write(
    JSON.stringify({
      record,
      read: decodeMatch(record),
      event: JSON.parse(publication.json),
      jsonSchema: matchJsonSchema(),
      api: (await api.ask('GET', `/v1/matches/${match.id}`)).body,
      openApi: (await api.ask('GET', '/v1/openapi.json')).body,
      json: JSON.parse(await run('--json')),
      jsonLines: await run('--format', 'jsonl'),
      csv: await run('--format', 'csv'),
    }),
  );
} finally {
  await instance.stop();
}
