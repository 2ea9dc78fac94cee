// What the API says of input that it cannot use: every problem, its place, the value, the rule and the nearest known name.

import * as z from 'zod/mini';
import { describeProblems } from '../../../shared/api/describe-problems.ts';
import { whereJsonFails } from '../../../shared/api/json-position.ts';
import { ROUTES } from '../../../shared/api/routes.ts';
import { API_PROBLEMS, type ProblemCode } from '../../../shared/core/error-codes.ts';
import { feedIdOf } from '../../../shared/model/ids.ts';
import { anApi, type Json, seen, withMatches } from '../../support/api-world.ts';
import { aMatch, aNewFeed, aTopic, START } from '../../support/builders.ts';
import { fc } from '../../support/properties.ts';

interface ShownProblem {
  readonly detail: string;
  readonly pointer?: string;
  readonly parameter?: string;
}

const problemsIn = async (method: string, path: string, body?: unknown): Promise<readonly ShownProblem[]> =>
  ((await anApi().ask(method, path, body)).body['errors'] ?? []) as readonly ShownProblem[];

describe('a query', () => {
  it.each([
    ['limit=1000', 'limit: got "1000"; expected a whole number from 1 to 100'],
    ['limit=0', 'limit: got "0"; expected a whole number from 1 to 100'],
    ['limit=', 'limit: is empty; expected a whole number from 1 to 100'],
    ['limit=5&limit=6', 'limit: is given more than once; expected one value'],
    ['topic=', 'topic: is empty; expected at least 1 character'],
    [
      'since=yesterday',
      'since: got "yesterday"; expected an instant such as 2026-11-23T08:00:00Z, a day in UTC such as 2026-11-23, or a duration such as P7D',
    ],
    ['since=2026-02-30', expect.stringMatching(/^since: got "2026-02-30"; expected an instant/)],
    ['until=P999999999999D', expect.stringMatching(/^until: got "P999999999999D"; expected an instant/)],
    ['since=P', expect.stringMatching(/^since: got "P"; expected an instant/)],
    ['since=2026-11-18&until=2026-11-16', 'since: got "2026-11-18"; expected a time before until ("2026-11-16")'],
    ['since=P7D&cursor=x', 'since: got "P7D", which moves with the clock; expected an instant or a day with a cursor'],
    ['lang=xx', 'lang: got "xx"; expected a language code such as "en" or "pt-BR"'],
    ['lang=English', 'lang: got "English"; expected a language code such as "en" or "pt-BR". Did you mean "en"?'],
    [
      'sinse=P7D',
      'sinse: unknown parameter; known: topic, feed, since, until, source, lang, text, strength, prominence, limit, cursor. Did you mean "since"?',
    ],
    ['__proto__=1', expect.stringMatching(/^__proto__: unknown parameter; known: topic/)],
    [`text=${'x'.repeat(201)}`, `text: got "${'x'.repeat(60)}…" (201 characters); expected at most 200 characters`],
    ['cursor=forged', expect.stringMatching(/^cursor "forged" is not a cursor; /)],
  ])('%s is reported with its value and the rule', async (query, detail) => {
    const { status, body } = await anApi().ask('GET', `/v1/matches?${query}`);
    const [problem, ...others] = body['errors'] as ShownProblem[];

    expect({ status, others, problem }).toEqual({
      status: 400,
      others: [],
      problem: { detail, parameter: /^\w+/.exec(query)?.[0] },
    });
    expect(body['detail']).toContain(problem?.detail);
  });

  it('compares its times as instants', async () => {
    const status = async (query: string) => (await anApi().ask('GET', `/v1/matches?${query}`)).status;

    expect(await status('since=2026-11-17T08:00:00Z&until=2026-11-17T09:00:00%2B01:00')).toBe(200);
    expect(await status('since=2026-11-17T08:00:00.001Z&until=2026-11-17T09:00:00%2B01:00')).toBe(400);
    // A day as the end includes that day.
    expect(await status('since=2026-11-17&until=2026-11-17')).toBe(200);
    expect(await status('since=2026-11-18T00:00:00.001Z&until=2026-11-17')).toBe(400);
  });

  it('with a duration and a cursor is refused for each of its times', async () => {
    const { body } = await anApi().ask('GET', '/v1/matches?since=P7D&until=P1D&cursor=x');

    expect(body['detail']).toBe('the query cannot be used');
    expect((body['errors'] as ShownProblem[]).map(({ parameter }) => parameter)).toEqual(['since', 'until']);
  });

  it.each([
    'lang=und',
    'lang=pt-BR',
    'lang=sr-Latn',
    'lang=en-abcdefgh-abcdefgh',
    'lang=EN',
    'limit=100',
    'limit=007',
    'since=P7D&until=P1D',
  ])('%s is taken', async (query) => {
    expect((await anApi().ask('GET', `/v1/matches?${query}`)).status).toBe(200);
  });

  it('of an empty range finds nothing, for who asks again from where the last answer ended', async () => {
    const { ask } = await withMatches(1);

    expect((await ask('GET', `/v1/matches?since=${START}&until=${START}`)).body['items']).toEqual([]);
  });

  it('shows no half of a character', async () => {
    const [problem] = await problemsIn('GET', `/v1/matches?limit=${encodeURIComponent(`${'x'.repeat(59)}💥💥`)}`);

    expect(problem?.detail).toContain(`got "${'x'.repeat(59)}…" (63 characters)`);
  });

  it('has all of its problems listed together, sorted by name', async () => {
    const problems = await problemsIn('GET', '/v1/matches?until=x&colour=red&limit=0&topic=a&topic=b');

    expect(problems.map(({ parameter }) => parameter)).toEqual(['colour', 'limit', 'topic', 'until']);
  });

  it('is not taken where nothing is asked', async () => {
    expect(await problemsIn('GET', '/v1/status?verbose=1')).toEqual([
      { detail: 'verbose: unknown parameter; none is allowed here', parameter: 'verbose' },
    ]);
  });

  it('with the cursor of other filters is refused', async () => {
    const { ask } = await withMatches(3);
    const { body } = await ask('GET', '/v1/matches?limit=1');

    const other = await ask('GET', `/v1/matches?limit=1&text=river&cursor=${body['cursor']}`);

    expect(other.body).toMatchObject({
      code: 'bad_cursor',
      title: 'Invalid cursor',
      errors: [{ parameter: 'cursor' }],
    });
    expect(other.body['detail']).toContain('belongs to another query');
  });

  it('shows nothing that moves the cursor or turns the text', async () => {
    const [problem] = await problemsIn('GET', '/v1/matches?limit=%1b%5b2J%e2%80%ae%c2%9b');

    expect(problem?.detail).toBe('limit: got "\\u001b[2J\\u202e\\u009b"; expected a whole number from 1 to 100');
  });
});

describe('a body', () => {
  it('has all of its problems listed together, unknown fields among them, sorted by place', async () => {
    const problems = await problemsIn('POST', '/v1/feeds/import', {
      feeds: [
        { url: 'https://a.example/', fulltext: 'always', title: 5 },
        ...Array.from({ length: 9 }, () => ({ url: 'https://a.example/' })),
        { url: '', fullText: 'allways', language: 'English please' },
        { folder: ['a', 'b'] },
        null,
      ],
      colour: 'red',
    });

    expect(problems).toEqual([
      { pointer: '#/colour', detail: 'colour: unknown field; known: feeds.' },
      {
        pointer: '#/feeds/0/fulltext',
        detail:
          'feeds[0].fulltext: unknown field; known: url, title, folder, language, fullText. Did you mean "fullText"?',
      },
      { pointer: '#/feeds/0/title', detail: 'feeds[0].title: got 5; expected text' },
      {
        pointer: '#/feeds/10/fullText',
        detail: 'feeds[10].fullText: got "allways"; expected auto, always or never. Did you mean "always"?',
      },
      {
        pointer: '#/feeds/10/language',
        detail: 'feeds[10].language: got "English please"; expected a language tag such as "en" or "pt-BR"',
      },
      { pointer: '#/feeds/10/url', detail: 'feeds[10].url: is empty; expected at least 1 character' },
      { pointer: '#/feeds/11/folder', detail: 'feeds[11].folder: got a list of 2; expected text' },
      { pointer: '#/feeds/11/url', detail: 'feeds[11].url: is missing; expected text' },
      { pointer: '#/feeds/12', detail: 'feeds[12]: got null; expected an object' },
    ]);
  });

  it.each([
    [[], 'body: got a list of 0; expected an object'],
    [
      { topics: [{ ...aTopic(), severity: 'hihg' }] },
      'topics[0].severity: got "hihg"; expected one of low, medium, high, critical. Did you mean "high"?',
    ],
    [{ topics: [{ ...aTopic(), any: { en: 'x' } }] }, 'topics[0].any.en: got "x"; expected a list'],
    [{ topics: [{ ...aTopic(), codes: { iptc: 5 } }] }, 'topics[0].codes.iptc: got 5; expected text or a list'],
    [
      { topics: [{ ...aTopic(), id: 'Not An Id' }] },
      'topics[0].id: got "Not An Id"; expected lower-case letters, digits and hyphens, at most 64',
    ],
    [
      { topics: [{ ...aTopic(), passage: { context: 1.5, max: 1, maxChars: 300 } }] },
      'topics[0].passage.context: got 1.5; expected a whole number',
    ],
    [{ topics: [{ ...aTopic(), 'a/b~ü': 1 }] }, expect.stringMatching(/^topics\[0\]\."a\/b~ü": unknown field/)],
  ])('%j is reported with its value and the rule', async (body, detail) => {
    expect((await problemsIn('PUT', '/v1/topics', body)).map((problem) => problem.detail)).toEqual([detail]);
  });

  it('has its place as a JSON pointer in a URI fragment', async () => {
    const [problem] = await problemsIn('PUT', '/v1/topics', { topics: [{ ...aTopic(), 'a/b~ü': 1 }] });

    expect(problem?.pointer).toBe('#/topics/0/a~1b~0%C3%BC');
  });

  it('and a query that are both wrong are reported together', async () => {
    const { body } = await anApi().ask('POST', '/v1/feeds?colour=red', { url: 5 });

    expect(body).toMatchObject({
      code: 'invalid_request',
      errors: [{ parameter: 'colour' }, { pointer: '#/url' }],
    });
  });

  it('with many problems has the first fifty listed, and says how many there are', async () => {
    const topics = Array.from({ length: 60 }, () => ({ ...aTopic(), title: 5 }));

    const { body } = await anApi().ask('PUT', '/v1/topics', { topics });

    expect(body['errors']).toHaveLength(50);
    expect(body['detail']).toBe('the body cannot be used (60 problems)');
  });

  it('with fifty thousand unknown fields is reported like any other', async () => {
    const fields = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`f${at}`, 0]));

    const { body } = await anApi().ask('POST', '/v1/feeds', fields);

    expect(body['detail']).toBe('the body cannot be used (50001 problems)');
    expect((body['errors'] as ShownProblem[])[0]?.pointer).toBe('#/f0');
  });

  it('may name only web addresses, and every other one is reported', async () => {
    const feeds = ['ftp://a.example/', 'https://b.example/', 'nonsense'].map((url) => ({ url }));

    const { body } = await anApi().ask('POST', '/v1/feeds/import', { feeds });

    expect(body).toMatchObject({
      code: 'invalid_feed_url',
      title: 'Invalid feed address',
      errors: [
        {
          pointer: '#/feeds/0/url',
          detail: 'feeds[0].url: got "ftp://a.example/", which is not an http or https address',
        },
        { pointer: '#/feeds/2/url', detail: 'feeds[2].url: got "nonsense", which is not an http or https address' },
      ],
    });
  });

  it('with many known fields has twenty of them named', () => {
    const schema = z.strictObject(
      Object.fromEntries(Array.from({ length: 22 }, (_, at) => [`known${at}`, z.optional(z.string())])),
    );
    const { error } = schema.safeParse({ Q: 1 });

    const { problems } = describeProblems(error!.issues, schema, { Q: 1 }, 'body');

    expect(problems.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^Q: unknown field; known: known0, .*, known19 and 2 more\.$/),
    ]);
  });

  it('nested deeper than any stack is reported like any other', async () => {
    const deep = `{"url":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;

    expect(await problemsIn('POST', '/v1/feeds', deep)).toEqual([
      { detail: 'url: got a list of 1; expected text', pointer: '#/url' },
    ]);
  });
});

describe('a body that is not JSON', () => {
  it.each([
    ['', 'the body is empty; expected JSON'],
    ['{"url": x}', 'the body is not JSON: line 1, column 9: expected a value, got "x"'],
    ['{"url":', 'the body is not JSON: line 1, column 8: expected a value, the text ends'],
    ['{\n  "url": "a",\n}', 'the body is not JSON: line 3, column 1: expected a field name in quotes, got "}"'],
    ['{"a" 1}', 'the body is not JSON: line 1, column 6: expected ":", got "1"'],
    ['[1, 2', 'the body is not JSON: line 1, column 6: expected "," or "]", the text ends'],
    ['{"a": 1 "b": 2}', 'the body is not JSON: line 1, column 9: expected "," or "}", got "\\"b\\""'],
    ['{} {}', 'the body is not JSON: line 1, column 4: expected the end, got "{"'],
    ['[01]', 'the body is not JSON: line 1, column 2: expected a value or "]", got "01"'],
    ['{"a": "one\ntwo"}', 'the body is not JSON: line 1, column 7: expected a value, got "\\"one"'],
    [new Uint8Array([0x22, 0xff, 0x22]), 'the body is not UTF-8'],
  ])('%j is reported with the place', async (body, detail) => {
    const answer = await anApi().ask('POST', '/v1/feeds', body);

    expect(answer.body).toMatchObject({
      status: 400,
      code: 'invalid_body',
      detail,
      errors: [{ detail, pointer: '#' }],
    });
  });

  it('is one exactly where JSON.parse says so', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"a"',
      '"',
      '1',
      '-',
      '0',
      '1e5',
      'true',
      'nul',
      ' ',
      '\n',
      '\\u00',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        ),
        (text) => {
          let refused = false;
          try {
            JSON.parse(text);
          } catch {
            refused = true;
          }
          if (refused)
            expect(whereJsonFails(text)).toMatch(/^line \d+, column \d+: expected .+, (?:got ".+"|the text ends)$/);
          // Of a good text nothing is wrong but that it ends.
          else expect(whereJsonFails(text)).toMatch(/: expected the end, the text ends$/);
        },
      ),
      { seed: 9, numRuns: 2000 },
    );
  });
});

describe('names that do not exist', () => {
  it('of a topic are refused with what may have been meant', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic({ id: 'troop-deployment' })]);

    const { status, body } = await ask('GET', '/v1/matches?topic=troop-deplyment');

    expect([status, body['code'], body['title']]).toEqual([400, 'unknown_topic', 'Unknown topic']);
    expect(body['errors']).toEqual([
      {
        parameter: 'topic',
        detail:
          'topic: there is no topic "troop-deplyment", and no match of it. Did you mean "troop-deployment"? GET /v1/topics lists them',
      },
    ]);
  });

  it('of a topic in force without a match, or of one that has ended with one, are not refused', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic({ id: 'quiet' })]);
    await stores.matches.putMatch(aMatch({ topicId: 'ended', articleId: 'one' }));

    expect((await ask('GET', '/v1/matches?topic=quiet')).body['items']).toEqual([]);
    expect((await ask('GET', '/v1/matches?topic=ended')).body['items']).toHaveLength(1);
    expect((await ask('GET', '/v1/matches?topic=ended&text=nothing-like-it')).body['items']).toEqual([]);
  });

  it('are not looked for while there may be more to find', async () => {
    const { ask } = anApi({ matches: { queryMatches: async () => ({ items: [], cursor: 'more' }) } as never });

    expect((await ask('GET', '/v1/matches?topic=nope&text=rare')).status).toBe(200);
  });

  it('of a feed are refused; its address in the place of its id is understood', async () => {
    const { ask, stores } = anApi();
    await stores.feeds.addFeed(
      aNewFeed({ url: 'https://news.example.org/feed', id: feedIdOf('https://news.example.org/feed') }),
    );
    const id = feedIdOf('https://news.example.org/feed');

    const byAddress = await ask('GET', `/v1/matches?feed=${encodeURIComponent('https://news.example.org/feed')}`);
    const bySlip = await ask('GET', `/v1/matches?feed=${id.slice(1)}`);

    expect(byAddress.body).toMatchObject({ status: 400, code: 'unknown_feed', title: 'Unknown feed' });
    expect(byAddress.body['detail']).toContain(`Did you mean "${id}"?`);
    expect(bySlip.body['detail']).toContain(`Did you mean "${id}"?`);
    expect((await ask('GET', `/v1/matches?feed=${id}`)).body['items']).toEqual([]);
  });

  it('are refused with the words that nothing can be found', async () => {
    const { ask, stores } = anApi();
    const feed = aNewFeed();
    await stores.feeds.addFeed(feed);
    const detail = async (query: string) => (await ask('GET', `/v1/matches?${query}`)).body['detail'];

    expect(await detail('topic=zzz')).toBe(
      'nothing can be found: topic: there is no topic "zzz", and no match of it. GET /v1/topics lists them',
    );
    expect(await detail('feed=zzz')).toBe(
      'nothing can be found: feed: there is no feed "zzz", and no match of it. GET /v1/feeds lists them',
    );
    expect(await detail(`feed=${encodeURIComponent('https://other.example.org/')}`)).not.toContain('Did you mean');
  });

  it('of a removed feed with matches are not refused', async () => {
    const { ask } = await withMatches(1);
    const { feedId } = aMatch().sources[0]!;

    expect((await ask('GET', `/v1/matches?feed=${feedId}&text=nothing-like-it`)).body['items']).toEqual([]);
  });

  it('of both are reported together', async () => {
    const { body } = await anApi().ask('GET', '/v1/matches?topic=nope&feed=nope');

    expect(body).toMatchObject({ code: 'unknown_topic', errors: [{ parameter: 'feed' }, { parameter: 'topic' }] });
  });

  it('are not answered with a topic that was removed', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic({ id: 'troop-deployment' })], { source: 'configuration' });
    await stores.topics.removeTopic('troop-deployment', START);

    const inFilter = await ask('GET', '/v1/matches?topic=troop-deplyment');
    const inPath = await ask('GET', '/v1/topics/troop-deplyment');

    expect([inFilter.status, inPath.status]).toEqual([400, 404]);
    expect(JSON.stringify([inFilter.body, inPath.body])).not.toContain('Did you mean');
  });

  it('in a path are reported safely, with what may have been meant', async () => {
    const { ask, stores } = anApi();
    await stores.topics.putTopics([aTopic({ id: 'troop-deployment' })]);

    expect((await ask('GET', '/v1/topics/troop-deplyment')).body['detail']).toBe(
      'topic "troop-deplyment" does not exist. Did you mean "troop-deployment"?',
    );
    expect((await ask('GET', '/v1/feeds/%0aabc')).body['detail']).toBe('feed "\\nabc" does not exist');
    expect((await ask('GET', '/v1/feds')).body['detail']).toBe(
      'unknown path "/v1/feds". Did you mean "/v1/feeds"? GET /v1/openapi.json lists all paths',
    );
  });
});

describe('whatever is sent', () => {
  const scalar = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', 'x', '*', '\u0000', '\ud800', '💥'.repeat(50), '%', '../..'),
    fc.string({ unit: 'binary' }),
    fc.double(),
  );
  const name = fc.oneof(
    fc.constantFrom(
      'url',
      'feeds',
      'topics',
      'channel',
      'target',
      'digest',
      'title',
      'any',
      'en',
      '__proto__',
      'constructor',
      'limit',
      'cursor',
      'since',
      'topic',
      'feed',
      'lang',
      'toString',
    ),
    fc.string(),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.array(fc.tuple(name, tie('tree')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  const wellFormed = (value: unknown): string => encodeURIComponent(String(value).toWellFormed());
  const request = fc.record({
    route: fc.constantFrom(...ROUTES),
    id: fc.oneof(
      fc.constant('x'),
      fc.string({ unit: 'binary' }).map(wellFormed),
      fc.constantFrom('%ZZ', '%', '%c3', '%2e%2e', 'a%2fb'),
    ),
    query: fc.array(fc.tuple(name, scalar), { maxLength: 4 }),
    body: fc.oneof(
      tree.map((value) => JSON.stringify(value)),
      fc.string(),
      fc.uint8Array({ maxLength: 40 }),
    ),
    headers: fc.constantFrom<Record<string, string>>(
      {},
      { accept: 'text/csv' },
      { 'content-type': 'text/plain' },
      { 'if-none-match': '*' },
    ),
    method: fc.option(fc.constantFrom('HEAD', 'OPTIONS', 'DELETE', 'PATCH'), { nil: undefined, freq: 8 }),
  });

  it('is never an error of ours, and a refusal is a problem document', async () => {
    const { ask, errors } = anApi();
    const before = seen.length;
    await fc.assert(
      fc.asyncProperty(request, async ({ route, id, query, body, headers, method = route.method }) => {
        const path = route.path.replace('{id}', id);
        const search = query.map(([key, value]) => `${wellFormed(key)}=${wellFormed(value)}`).join('&');
        const bodyless = route.body === undefined || method === 'HEAD' || method === 'GET';
        const answer = await ask(method, `${path}?${search}`, bodyless ? undefined : body, headers);

        expect(answer.status).toBeLessThan(500);
        if (answer.status < 400 || method === 'HEAD') return;
        const { title, status, detail, code } = answer.body as {
          title: string;
          status: number;
          detail: string;
          code: ProblemCode;
        };
        expect({ title, status }).toEqual(API_PROBLEMS[code]);
        expect(status).toBe(answer.status);
        expect(detail.length).toBeGreaterThan(10);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
        for (const problem of (answer.body['errors'] ?? []) as Json[])
          expect(String(problem['detail']).length).toBeGreaterThan(10);
      }),
      { seed: 7, numRuns: 4000 },
    );

    expect(errors).toEqual([]);
    seen.length = before;
  });
});
