import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { InvalidInputError } from '../../../shared/core/errors.ts';
import { defaultSettings, parseSettings } from '../../../shared/model/settings.ts';

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
});
