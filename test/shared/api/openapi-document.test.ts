// What a reader of the OpenAPI document relies on.
import { openApiDocument } from '../../../shared/api/openapi.ts';
import { ROUTES } from '../../../shared/api/routes.ts';
import { API_PROBLEMS, type ProblemCode } from '../../../shared/core/error-codes.ts';

/** As `JSON.parse` gives it. */
type Parsed = ReturnType<typeof JSON.parse>;

const document: Parsed = JSON.parse(JSON.stringify(openApiDocument(ROUTES)));
const operations: readonly { method: string; path: string; operation: Parsed }[] = Object.entries<Parsed>(
  document.paths,
).flatMap(([path, item]) => Object.entries<Parsed>(item).map(([method, operation]) => ({ method, path, operation })));
const operationOf = (id: string): Parsed => operations.find(({ operation }) => operation.operationId === id)?.operation;
const parametersOf = (id: string): readonly Parsed[] => operationOf(id).parameters;

/** Every text under one of these keys, with its place. */
function textsUnder(keys: readonly string[], value: unknown, place = '#'): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const here = `${place}/${key}`;
    return keys.includes(key) && typeof part === 'string' ? [[here, part] as const] : textsUnder(keys, part, here);
  });
}

it('nothing in it is described by nothing', () => {
  const texts = textsUnder(['description', 'summary', 'title', 'name', 'type', 'url', 'detail', 'advice'], document);

  expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]);
});

describe('an operation', () => {
  it.each([
    ['listMatches', 'get', '/v1/matches', 'matches'],
    ['putTopics', 'put', '/v1/topics', 'topics'],
    ['pollFeed', 'post', '/v1/feeds/{id}/poll', 'feeds'],
    ['changeFeed', 'patch', '/v1/feeds/{id}', 'feeds'],
    ['unsubscribe', 'delete', '/v1/subscriptions/{id}', 'subscriptions'],
    ['getStatus', 'get', '/v1/status', 'instance'],
    ['getOpenApi', 'get', '/v1/openapi.json', 'instance'],
  ])('%s stands at its method and its path, under its tag', (id, method, path, tag) => {
    const found = operations.find(({ operation }) => operation.operationId === id);

    expect(found).toMatchObject({ method, path, operation: { tags: [tag] } });
  });

  it('has the summary of its route', () => {
    expect(operations.map(({ operation }) => operation.summary)).toEqual(
      expect.arrayContaining(ROUTES.map(({ summary }) => summary)),
    );
  });

  it('takes the named parts of its path, which are not long', () => {
    expect(parametersOf('getFeed')).toEqual([
      {
        name: 'id',
        in: 'path',
        required: true,
        description: 'The id, as lists and other answers give it',
        schema: { type: 'string', minLength: 1, maxLength: 200 },
      },
    ]);
    expect(parametersOf('listFeeds').filter((parameter) => parameter.in === 'path')).toEqual([]);
  });

  it('takes the parameters of its query, none of which is required', () => {
    const parameters = parametersOf('listMatches');

    expect(parameters.map(({ name }) => name)).toEqual([
      'topic',
      'feed',
      'since',
      'until',
      'source',
      'lang',
      'text',
      'strength',
      'prominence',
      'limit',
      'cursor',
    ]);
    for (const parameter of parameters)
      expect(parameter).toMatchObject({
        in: 'query',
        required: false,
        description: expect.stringMatching(/.{10}/),
        schema: { type: 'string' },
      });
    expect(parameters[0].schema).toEqual({ type: 'string', minLength: 1, maxLength: 200 });
    expect(parameters[2].schema.examples).toEqual(['2026-11-23', 'P7D']);
    expect(parameters[5].schema.examples).toEqual(['en']);
  });

  it('that takes a body says so, with its schema', () => {
    const bodies = operations
      .filter(({ operation }) => 'requestBody' in operation)
      .map(({ operation }) => operation.operationId);

    expect(bodies).toEqual([
      'putTriage',
      'addView',
      'redeliver',
      'putTopics',
      'addFeed',
      'addFeeds',
      'changeFeed',
      'addOutput',
      'changeOutput',
      'subscribe',
      'changeSubscription',
      'mute',
      'forget',
      'removeSuppression',
    ]);
    expect(operationOf('addFeed').requestBody).toMatchObject({
      required: true,
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['url'],
            properties: { url: { examples: ['https://www.example.org/feed.xml'] } },
          },
        },
      },
    });
    const { target, topics } = operationOf('subscribe').requestBody.content['application/json'].schema.properties;
    expect(target.examples).toEqual(['desk@example.org']);
    expect(operationOf('putTopics').requestBody.content['application/json'].schema.properties.topics.maxItems).toBe(
      20_000,
    );
    expect(topics).toMatchObject({
      examples: [['*']],
      description: expect.stringContaining('at most 48 in one subscription'),
    });
  });

  it.each([
    ['listFeeds', ['200', '304', '400', '401', '403', '406', '500', '503']],
    ['getFeed', ['200', '304', '400', '401', '403', '404', '406', '500', '503']],
    ['pollFeed', ['202', '400', '401', '403', '404', '406', '500', '503']],
    ['subscribe', ['200', '201', '400', '401', '403', '406', '413', '415', '429', '500', '503']],
    ['addFeed', ['200', '201', '400', '401', '403', '406', '413', '415', '422', '500', '503']],
    ['removeFeed', ['204', '400', '401', '403', '404', '406', '500', '503']],
  ])('%s is answered with %j', (id, statuses) => {
    expect(Object.keys(operationOf(id).responses).sort()).toEqual(statuses);
  });

  it('is answered, where all goes well, as its method says', () => {
    const good = operations.map(({ method, operation }) => [
      operation.operationId,
      method,
      Object.keys(operation.responses)
        .filter((status) => status < '300')
        .join(),
    ]);
    const others = good.filter(([, method, statuses]) => !(method === 'get' && statuses === '200'));

    expect(others).toEqual([
      ['putTriage', 'put', '200'],
      ['addView', 'post', '201'],
      ['removeView', 'delete', '204'],
      ['redeliver', 'post', '200'],
      ['putTopics', 'put', '200'],
      ['removeTopic', 'delete', '200'],
      ['restoreTopic', 'post', '204'],
      ['addFeed', 'post', '200,201'],
      ['addFeeds', 'post', '200'],
      ['changeFeed', 'patch', '200'],
      ['removeFeed', 'delete', '204'],
      ['pollFeed', 'post', '202'],
      ['addOutput', 'post', '201'],
      ['changeOutput', 'patch', '200'],
      ['removeOutput', 'delete', '204'],
      ['renewOutput', 'post', '200'],
      ['subscribe', 'post', '200,201'],
      ['changeSubscription', 'patch', '200'],
      ['unsubscribe', 'delete', '204'],
      ['testSubscription', 'post', '200'],
      ['rotateSecret', 'post', '200'],
      ['mute', 'post', '200'],
      ['unmute', 'delete', '204'],
      ['forget', 'post', '200'],
      ['removeSuppression', 'post', '200'],
    ]);
  });

  it('that is read gives an ETag, and 304 for it', () => {
    const etag = { ETag: { description: 'Changes when the answer does', schema: { type: 'string' } } };
    const { responses } = operationOf('getFeed');

    expect(responses['200']).toMatchObject({ description: 'Done', headers: etag });
    expect(responses['304']).toEqual({
      description: 'What the client has (`If-None-Match`) is current',
      headers: etag,
    });
    expect(operationOf('addFeed').responses['201']).not.toHaveProperty('headers');
  });

  it.each([
    ['addFeed', 201, 'Created'],
    ['pollFeed', 202, 'Accepted; done soon'],
    ['removeFeed', 204, 'Done; no content'],
  ])('%s describes %d', (id, status, description) => {
    expect(operationOf(id).responses[status].description).toBe(description);
  });

  it('without a body in its answer shows none', () => {
    expect(operationOf('removeFeed').responses['204']).toEqual({ description: 'Done; no content' });
    expect(operationOf('getFeed').responses['200'].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Feed',
    });
  });
});

describe('a refusal', () => {
  const { responses } = document.components;

  it.each([
    ['BadRequest', 'invalid_query'],
    ['Unauthorized', 'unauthorized'],
    ['Forbidden', 'forbidden'],
    ['NotFound', 'not_found'],
    ['NotAcceptable', 'not_acceptable'],
    ['ContentTooLarge', 'body_too_large'],
    ['UnsupportedMediaType', 'unsupported_media_type'],
    ['FeedRefused', 'feed_refused'],
    ['InternalError', 'internal'],
    ['Unavailable', 'service_unavailable'],
  ] as const satisfies readonly (readonly [string, ProblemCode])[])(
    '%s has an example with the code "%s"',
    (name, code) => {
      const { status, title } = API_PROBLEMS[code];
      const response = responses[name];

      expect(response.description).toBe(title);
      expect(response.content['application/problem+json']).toMatchObject({
        schema: { $ref: '#/components/schemas/Problem' },
        example: { type: `urn:tocsin:problem:${code}`, status, title, code, detail: expect.stringMatching(/.{20}/) },
      });
    },
  );

  it('of a request without a token tells the scheme to use, and no other does', () => {
    expect(Object.keys(responses).filter((name) => 'headers' in responses[name])).toEqual(['Unauthorized']);
    expect(responses['Unauthorized'].headers).toEqual({
      'WWW-Authenticate': { description: 'The scheme to use', schema: { type: 'string' } },
    });
  });

  it('of a query shows one that a server would give', () => {
    const detail = 'limit: got "1000"; expected a whole number from 1 to 100';

    expect(responses['BadRequest'].content['application/problem+json'].example).toMatchObject({
      detail: `the query cannot be used: ${detail}`,
      errors: [{ detail, parameter: 'limit' }],
    });
  });

  it('of a feed shows its kind and what to do', () => {
    expect(responses['FeedRefused'].content['application/problem+json'].example).toMatchObject({
      kind: 'not_a_feed',
      temporary: false,
      advice: 'look for the feed on the site, and give its address',
      candidates: [],
    });
  });

  it('that only one route has stands there, with its title', () => {
    const route = { ...ROUTES[0]!, id: 'other', refusals: ['conflict', 'feed_refused'] as const };
    const { paths } = JSON.parse(JSON.stringify(openApiDocument([route])));

    expect(paths['/v1/openapi.json'].get.responses).toMatchObject({
      409: {
        description: 'Conflict',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
      422: { $ref: '#/components/responses/FeedRefused' },
    });
  });
});

describe('the document', () => {
  it('says who may ask, and how', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Tocsin', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      security: [{ bearer: [] }, { sigv4: [] }],
    });
    expect(document.components.securitySchemes).toMatchObject({
      bearer: { type: 'http', scheme: 'bearer' },
      sigv4: { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    });
    expect(document.servers).toMatchObject([
      {},
      { variables: { port: { default: '4747' } } },
      { variables: { api: { default: 'api-id' }, region: { default: 'us-east-1' } } },
    ]);
  });

  it('lists the tags of its operations, each once, with what they are about', () => {
    expect(document.tags).toEqual([
      { name: 'instance', description: 'The instance itself' },
      { name: 'matches', description: 'What was found' },
      { name: 'stories', description: 'What was found, one event at a time' },
      { name: 'topics', description: 'What to look for' },
      { name: 'feeds', description: 'Where to look for it' },
      { name: 'outputs', description: 'Matches as feeds for other programs, each under a secret address' },
      { name: 'subscriptions', description: 'Who is alerted' },
      { name: 'forget', description: 'What is stored about a person' },
      { name: 'suppressions', description: 'Who gets no mail, because it bounced or was reported as spam' },
    ]);
  });

  it('has what it refers to', () => {
    const written = JSON.stringify(document);
    const referred = new Set([...written.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));

    expect([...referred].sort()).toEqual(Object.keys(document.components.schemas).sort());
    expect(written).not.toContain('$defs');
    expect(written).not.toContain('"$schema":"');
  });
});
