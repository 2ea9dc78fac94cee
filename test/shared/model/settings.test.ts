import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { defaultSettings, parseSettings } from '../../../shared/model/settings.ts';
import { DEFAULT_LIMITS, DEFAULT_STEPS_PER_ARTICLE } from '../../../shared/query/limits.ts';

function problemsOf(raw: unknown, env = {}): readonly string[] {
  try {
    parseSettings(raw, env);
  } catch (error) {
    if (error instanceof InvalidInputError && error.code === 'invalid_settings') return error.problems;
    throw error;
  }
  throw new Error('these settings were accepted');
}

describe('settings', () => {
  it.each([
    ['a file without a line', null],
    ['nothing', undefined],
    ['no section', {}],
    ['sections without lines', { poll: null, mail: null }],
  ])('are the defaults for %s', (_, raw) => {
    expect(parseSettings(raw)).toEqual(defaultSettings);
  });

  it('as shipped are the defaults, but for the contact', () => {
    const file = fileURLToPath(new URL('../../../config/tocsin.yaml', import.meta.url));

    const shipped = parseSettings(parse(readFileSync(file, 'utf8')));

    expect({ ...shipped, contact: '' }).toEqual(defaultSettings);
    expect(shipped.contact).toMatch(/^https:/);
  });

  it('keep what is written beside what is not', () => {
    const settings = parseSettings({ poll: { everyMinutes: 15 }, mail: { from: 'Tocsin <news@example.org>' } });

    expect(settings).toEqual({
      ...defaultSettings,
      poll: { ...defaultSettings.poll, everyMinutes: 15 },
      mail: { ...defaultSettings.mail, from: 'Tocsin <news@example.org>' },
    });
  });

  it('tell every problem at once, each with its place, what was got and what is allowed', () => {
    const problems = problemsOf({
      pol: {},
      poll: { everyMinute: 5, everyMinutes: 'soon', concurrency: 1.5 },
      mail: { from: 'nobody', timeZone: 'Europe/Atlantis' },
      aws: { logRetentionDays: 31, deletionProtection: 'yes' },
    });

    expect(problems).toHaveLength(8);
    expect(problems).toEqual(
      expect.arrayContaining([
        'pol: unknown setting. Known: version, contact, poll, fetch, retention, alerts, topics, mail, aws. Did you mean poll?',
        'poll.everyMinute: unknown setting. Known: everyMinutes, slowestMinutes, concurrency. Did you mean everyMinutes?',
        'poll.everyMinutes: got "soon". Allowed: a whole number of minutes from 1 to 1440',
        'poll.concurrency: got 1.5. Allowed: a whole number of feeds from 1 to 100',
        'mail.from: got "nobody". Allowed: an e-mail address such as news@example.org',
        'mail.timeZone: got "Europe/Atlantis". Allowed: a time zone of the IANA database such as UTC or Europe/Berlin',
        'aws.deletionProtection: got "yes". Allowed: true or false',
      ]),
    );
  });

  it('of this version may say so, and are the same as those that do not', () => {
    expect(parseSettings({ version: 1 })).toEqual(parseSettings({}));
  });

  it('of a newer version are refused with the remedy alone, for their other names may be new too', () => {
    expect(problemsOf({ version: 2, polling: {} })).toEqual([
      expect.stringMatching(
        /^version: 2 was written for a newer Tocsin; this one reads up to 1\. Install that version/,
      ),
    ]);
  });

  it.each([[0], ['1'], [1.5], [true]])('with %j for a version are refused', (version) => {
    expect(problemsOf({ version })).toEqual([expect.stringMatching(/^version: got .*Allowed: 1, the version/)]);
  });

  it('tell an empty value from a wrong one, and cut a long one short', () => {
    expect(problemsOf({ poll: { everyMinutes: null } })).toEqual([
      'poll.everyMinutes: is empty. Allowed: a whole number of minutes from 1 to 1440; remove the line for the default',
    ]);
    expect(problemsOf({ version: null })[0]).toMatch(/^version: is empty/);
    expect(problemsOf({ poll: { everyMinutes: 0 } })).toEqual([
      'poll.everyMinutes: got 0. Allowed: a whole number of minutes from 1 to 1440',
    ]);
    expect(problemsOf({ contact: 'x'.repeat(500) })[0]).toHaveLength(
      'contact: got "…. Allowed: an address for publishers: https://… or mailto:…'.length + 59,
    );
  });

  it.each([
    ['a list', [1], 'the settings: got [1]. Allowed: sections such as poll, alerts and mail'],
    ['a text', 'poll', 'the settings: got "poll". Allowed: sections such as poll, alerts and mail'],
    ['a number for a section', { mail: 3 }, 'mail: got 3. Allowed: a section with settings of its own'],
  ])('refuse %s', (_, raw, problem) => {
    expect(problemsOf(raw)).toEqual([problem]);
  });

  it('hold values against each other', () => {
    expect(problemsOf({ poll: { everyMinutes: 60, slowestMinutes: 30 }, retention: { matchDays: 30 } })).toEqual([
      'poll.slowestMinutes: 30 is less than poll.everyMinutes (60). Allowed: that or more',
      'retention.deliveryDays: 90 is more than retention.matchDays (30). Allowed: that or less, because a delivery refers to its match',
    ]);
  });

  it('take private hosts from the environment instead of the file, and check either', () => {
    const file = { fetch: { allowHosts: ['intranet.example.org:8080'] } };

    expect(parseSettings(file).fetch.allowHosts).toEqual(['intranet.example.org:8080']);
    expect(parseSettings(file, { TOCSIN_ALLOW_HOSTS: '127.0.0.1:8000, [::1]:8000' }).fetch.allowHosts).toEqual([
      '127.0.0.1:8000',
      '[::1]:8000',
    ]);
    expect(parseSettings(file, { TOCSIN_ALLOW_HOSTS: '' }).fetch.allowHosts).toEqual([]);
    expect(problemsOf({ fetch: { allowHosts: ['10.0.0.0/8'] } })[0]).toMatch(
      /^fetch\.allowHosts: "10\.0\.0\.0\/8" is not HOST:PORT/,
    );
    expect(problemsOf({}, { TOCSIN_ALLOW_HOSTS: 'all' })[0]).toMatch(/^TOCSIN_ALLOW_HOSTS: "all" is not HOST:PORT/);
  });

  // What each number may be, and its default.
  describe.each([
    ['poll.everyMinutes', 1, 1_440, 5, 'minutes'],
    ['poll.slowestMinutes', 1, 1_440, 360, 'minutes'],
    ['poll.concurrency', 1, 100, 13, 'feeds'],
    ['retention.matchDays', 1, 3_650, 365, 'days'],
    ['retention.deliveryDays', 1, 3_650, 90, 'days'],
    ['alerts.firstPollMaxAgeHours', 0, 8_760, 24, 'hours'],
    ['alerts.maxAgeDays', 1, 36_500, 30, 'days'],
    ['alerts.maxSinglePerTenMinutes', 1, 1_000, 20, 'alerts'],
    ['topics.expressionChars', 100, 100_000, DEFAULT_LIMITS.expressionChars, 'characters'],
    ['topics.terms', 10, 10_000, DEFAULT_LIMITS.terms, 'terms'],
    ['topics.termsWarning', 10, 10_000, DEFAULT_LIMITS.termsWarning, 'terms'],
    ['topics.depth', 1, 100, DEFAULT_LIMITS.depth, 'levels'],
    ['topics.setDepth', 1, 20, DEFAULT_LIMITS.setDepth, 'levels'],
    ['topics.near', 1, 1_000, DEFAULT_LIMITS.near, 'words'],
    ['topics.nearWarning', 1, 1_000, DEFAULT_LIMITS.nearWarning, 'words'],
    ['topics.nearParts', 2, 8, DEFAULT_LIMITS.nearParts, 'sides'],
    ['topics.atLeast', 1, 1_000, DEFAULT_LIMITS.atLeast, 'times'],
    ['topics.leadingWildcards', 0, 1_000, DEFAULT_LIMITS.leadingWildcards, 'words'],
    ['topics.wildcardLetters', 1, 20, DEFAULT_LIMITS.wildcardLetters, 'letters'],
    ['topics.leadingWildcardLetters', 1, 20, DEFAULT_LIMITS.leadingWildcardLetters, 'letters'],
    ['topics.wildcardSyllables', 1, 20, DEFAULT_LIMITS.wildcardSyllables, 'syllables'],
    ['topics.stepsPerArticle', 1_000, 100_000_000, DEFAULT_STEPS_PER_ARTICLE, 'steps'],
  ] as const)('%s', (path, least, most, usual, unit) => {
    const [section = '', name = ''] = path.split('.');
    /** Beside values that no rule holds against it. */
    const BESIDE: Record<string, object> = {
      'poll.everyMinutes': { slowestMinutes: 1_440 },
      'poll.slowestMinutes': { everyMinutes: 1 },
      'retention.matchDays': { deliveryDays: 1 },
      'retention.deliveryDays': { matchDays: 3_650 },
    };
    const withValue = (value: unknown) => ({ [section]: { ...BESIDE[path], [name]: value } });
    const written = (settings: object): unknown =>
      (settings as Record<string, Record<string, unknown>>)[section]?.[name];

    it(`is from ${least} to ${most}, and ${usual} where nothing is written`, () => {
      expect(written(defaultSettings)).toBe(usual);
      expect(written(parseSettings(withValue(least)))).toBe(least);
      expect(written(parseSettings(withValue(most)))).toBe(most);
      for (const wrong of [least - 1, most + 1, least + 0.5])
        expect(problemsOf(withValue(wrong))).toEqual([
          `${path}: got ${wrong}. Allowed: a whole number of ${unit} from ${least} to ${most}`,
        ]);
    });
  });

  it('have these defaults, besides the numbers', () => {
    expect(defaultSettings).toMatchObject({
      contact: '',
      fetch: { allowHosts: [] },
      mail: { from: null, replyTo: null, timeZone: 'UTC' },
      aws: { deletionProtection: true, logRetentionDays: 14, concurrency: 10, operationsEmail: null },
    });
    expect(defaultSettings).not.toHaveProperty('version');
  });

  const SENDERS = [
    'news@example.org',
    'Tocsin <news@example.org>',
    '<news@example.org>',
    ' news@example.org ',
    'a.b+c@d-e.example.org',
  ];
  const NOT_ADDRESSES = [
    'news',
    'news@example',
    '@example.org',
    'news@.',
    'news@example.org.',
    'a b@example.org',
    'a@b@example.org',
    'news@exa mple.org',
    'news@example.org, other@example.org',
    'news;@example.org',
    'news:@example.org',
    'news(1)@example.org',
    'news\\@example.org',
  ];

  it.each(SENDERS)('take %j for the sender and for replies', (text) => {
    expect(parseSettings({ mail: { from: text, replyTo: text } }).mail).toMatchObject({ from: text, replyTo: text });
  });

  it.each([
    ...NOT_ADDRESSES,
    'Tocsin <news>',
    'Tocsin <news@example.org',
    '"Tocsin" <news@example.org>',
    'To\nbcc <news@example.org>',
  ])('refuse %j for the sender and for replies', (text) => {
    expect(problemsOf({ mail: { from: text, replyTo: text } })).toEqual([
      `mail.from: got ${JSON.stringify(text)}. Allowed: an e-mail address such as news@example.org`,
      `mail.replyTo: got ${JSON.stringify(text)}. Allowed: an e-mail address such as news@example.org`,
    ]);
  });

  it.each([...NOT_ADDRESSES, 'Tocsin <news@example.org>', ' news@example.org', 'news@example.org '])(
    'refuse %j for the address of operators, which stands alone',
    (text) => {
      expect(problemsOf({ aws: { operationsEmail: text } })).toEqual([
        `aws.operationsEmail: got ${JSON.stringify(text)}. Allowed: an e-mail address such as news@example.org`,
      ]);
      expect(parseSettings({ aws: { operationsEmail: 'ops@example.org' } }).aws.operationsEmail).toBe(
        'ops@example.org',
      );
    },
  );

  it.each(['', 'https://example.org/about', 'http://example.org', 'HTTPS://example.org', 'mailto:news@example.org'])(
    'take %j for the contact',
    (contact) => {
      expect(parseSettings({ contact }).contact).toBe(contact);
    },
  );

  it.each([
    'example.org',
    'https://',
    'mailto:',
    'https://exa mple.org',
    'see https://example.org',
    'ftp://example.org',
  ])('refuse %j for the contact', (contact) => {
    expect(problemsOf({ contact })).toEqual([
      `contact: got ${JSON.stringify(contact)}. Allowed: an address for publishers: https://… or mailto:…`,
    ]);
  });

  it('take a text for no number, a number for no text, and a text for no list', () => {
    expect(problemsOf({ contact: 7, mail: { timeZone: 7, from: 7 }, fetch: { allowHosts: 'a:1' } })).toEqual([
      'contact: got 7. Allowed: an address for publishers: https://… or mailto:…',
      'fetch.allowHosts: got "a:1". Allowed: a list of HOST:PORT pairs',
      'mail.from: got 7. Allowed: an e-mail address such as news@example.org',
      'mail.timeZone: got 7. Allowed: a time zone of the IANA database such as UTC or Europe/Berlin',
    ]);
    expect(problemsOf({ fetch: { allowHosts: ['a.example.org:1', 7] } })).toEqual([
      'fetch.allowHosts[1]: got 7. Allowed: a list of HOST:PORT pairs',
    ]);
  });

  it('keep logs for a period that CloudWatch knows', () => {
    expect(parseSettings({ aws: { logRetentionDays: 3653 } }).aws.logRetentionDays).toBe(3653);
    expect(problemsOf({ aws: { logRetentionDays: 2 } })[0]).toMatch(
      /^aws\.logRetentionDays: got 2\. Allowed: one of 1, 3, 5, 7, .*, 3653 \(days\)$/,
    );
    expect(problemsOf({ aws: { logRetentionDays: '14' } })[0]).toMatch(
      /^aws\.logRetentionDays: got "14"\. Allowed: one of 1,/,
    );
  });

  it.each([9, 1_001, 10.5, 'many'])('say why %p functions at once will not do', (concurrency) => {
    expect(problemsOf({ aws: { concurrency } })).toEqual([
      `aws.concurrency: got ${JSON.stringify(concurrency)}. Allowed: a whole number from 10 to 1000: each of the three queues has two readers at least, and the two schedules, the stream and the API need one each`,
    ]);
  });

  it.each([10, 1_000])('let %d functions run at once', (concurrency) => {
    expect(parseSettings({ aws: { concurrency } }).aws.concurrency).toBe(concurrency);
  });

  it('take what is empty in a section for a value, and a section that nobody knows for unknown', () => {
    expect(problemsOf({ contact: null })).toEqual([
      'contact: is empty. Allowed: an address for publishers: https://… or mailto:…; remove the line for the default',
    ]);
    expect(problemsOf({ mail: { timeZone: '' } })[0]).toMatch(/^mail\.timeZone: is empty\. Allowed/);
    expect(problemsOf({ polling: null })[0]).toMatch(/^polling: unknown setting/);
  });

  it('of nothing that is near have no suggestion', () => {
    expect(problemsOf({ zzzzzzzz: 1 })).toEqual([
      'zzzzzzzz: unknown setting. Known: version, contact, poll, fetch, retention, alerts, topics, mail, aws.',
    ]);
  });

  it('quote a value of 60 characters whole', () => {
    // With the quotes.
    expect(problemsOf({ contact: 'x'.repeat(58) })[0]).toMatch(/^contact: got "x{58}"\. /);
    expect(problemsOf({ contact: 'x'.repeat(59) })[0]).toMatch(/^contact: got "x{59}…\. /);
  });

  it('may have two of a kind that are equal', () => {
    const equal = { poll: { everyMinutes: 60, slowestMinutes: 60 }, retention: { matchDays: 90, deliveryDays: 90 } };

    expect(parseSettings(equal)).toMatchObject(equal);
  });

  it('leave out empty places in the list of hosts from the environment', () => {
    expect(parseSettings({}, { TOCSIN_ALLOW_HOSTS: ' a.example.org:1 ,, b.example.org:2,' }).fetch.allowHosts).toEqual([
      'a.example.org:1',
      'b.example.org:2',
    ]);
  });

  it('report what is wrong in the file together with what is wrong in the environment', () => {
    expect(problemsOf({ poll: { concurrency: 0 } }, { TOCSIN_ALLOW_HOSTS: 'all' })).toEqual([
      'poll.concurrency: got 0. Allowed: a whole number of feeds from 1 to 100',
      expect.stringMatching(/^TOCSIN_ALLOW_HOSTS: "all" is not HOST:PORT/),
    ]);
  });

  it('cannot be used, as the error says, which names the file', () => {
    expect(() => parseSettings({ poll: { concurrency: 0 } })).toThrow(
      'the settings cannot be used (config/tocsin.yaml)',
    );
  });
});
