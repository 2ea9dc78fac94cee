// The options for what a subscriber wants, as fields of the API.
import { remarkOn, type SettingValues, settingsIn, topicRulesIn } from '../../cli/subscriptions/setting-options.ts';

const RULES: SettingValues = {
  digest: 'daily',
  'min-severity': 'high',
  strength: 'weak',
  follow: 'first',
  language: ['en', 'de'],
  'only-source': ['news.example.org'],
  'not-source': ['Ticker'],
};
const RULE_FIELDS = {
  digest: 'daily',
  minSeverity: 'high',
  strength: 'weak',
  follow: 'first',
  languages: ['en', 'de'],
  onlySources: ['news.example.org'],
  exceptSources: ['Ticker'],
};

describe('the settings of a subscription', () => {
  it('are those that were given', () => {
    const others = { at: '08:30', on: 'Friday', zone: 'Europe/Berlin', quiet: '22:00-07:00', 'when-empty': true };

    expect(settingsIn({})).toEqual({});
    expect(settingsIn({ ...RULES, ...others })).toEqual({
      ...RULE_FIELDS,
      digestAt: '08:30',
      digestDay: 'friday',
      timeZone: 'Europe/Berlin',
      quietHours: { from: '22:00', until: '07:00' },
      whenEmpty: true,
    });
  });

  it('have their defaults again by an empty value', () => {
    expect(
      settingsIn({
        digest: '',
        at: '',
        on: '',
        zone: '',
        quiet: '',
        'min-severity': '',
        strength: '',
        follow: '',
        language: [''],
      }),
    ).toEqual({
      digest: null,
      digestAt: null,
      digestDay: null,
      timeZone: null,
      quietHours: null,
      minSeverity: null,
      strength: null,
      follow: null,
      languages: null,
    });
    expect(settingsIn({ language: ['', 'en'] })).toEqual({ languages: ['', 'en'] });
  });

  it.each<[SettingValues, object]>([
    [{ at: '8:00' }, { digestAt: '08:00' }],
    [{ at: '18:00' }, { digestAt: '18:00' }],
    [{ at: '8:0' }, { digestAt: '8:0' }],
    [{ at: 'x8:00' }, { digestAt: 'x8:00' }],
    [{ at: '8:000' }, { digestAt: '8:000' }],
    [{ quiet: '9:00 – 7:00' }, { quietHours: { from: '09:00', until: '07:00' } }],
    [{ quiet: 'None' }, { quietHours: null }],
    [{ 'no-when-empty': true }, { whenEmpty: false }],
    [{ 'when-empty': false }, {}],
  ])('%j is %j', (values, fields) => {
    expect(settingsIn(values)).toEqual(fields);
  });

  it.each<[SettingValues, string]>([
    [{ 'when-empty': true, 'no-when-empty': true }, '--when-empty and --no-when-empty contradict each other'],
    [{ quiet: '22:00' }, '--quiet: "22:00" is not a stretch of hours; expected one such as 22:00-07:00, or none'],
    [{ quiet: '22:00-23:00-24:00' }, '--quiet: "22:00-23:00-24:00" is not a stretch of hours'],
    [{ digest: 'yearly' }, '--digest'],
    [{ on: 'someday' }, '--on'],
    [{ 'min-severity': 'grave' }, '--min-severity'],
    [{ follow: 'none' }, '--follow'],
  ])('cannot be %j: %s', (values, words) => {
    expect(() => settingsIn(values)).toThrow(expect.objectContaining({ code: 'invalid_arguments' }));
    expect(() => settingsIn(values)).toThrow(words);
  });
});

describe('the settings of one topic', () => {
  it('are its rules', () => {
    expect(topicRulesIn('floods', RULES)).toEqual({ topicRules: [{ topic: 'floods', ...RULE_FIELDS }] });
  });

  it.each<SettingValues>([
    { at: '08:00' },
    { on: 'monday' },
    { zone: 'Europe/Berlin' },
    { quiet: 'none' },
    { 'when-empty': true },
    { 'no-when-empty': true },
  ])('cannot be what holds for the whole subscription: %j', (values) => {
    const [name] = Object.keys(values);

    expect(() => topicRulesIn('floods', { ...RULES, ...values })).toThrow(
      `--${name} holds for the whole subscription, so it cannot go with --for\n  what may differ by topic: --digest, --min-severity, --strength, --language, --only-source, --not-source, --follow`,
    );
  });
});

describe('an option without an effect', () => {
  const remark = (values: SettingValues, digest: string, ofTopic: string | null = null): string =>
    remarkOn(values, { digest, topicRules: ofTopic === null ? [] : [{ topic: 'floods', digest: ofTopic }] } as never);

  it.each([
    ['none', null, '--at', '--on'],
    ['hourly', 'hourly', '--at', '--on'],
    ['daily', null, '', '--on'],
    ['none', 'daily', '', '--on'],
    ['weekly', null, '', ''],
    ['none', 'weekly', '', ''],
  ])('is remarked on: a %s digest, %s of a topic', (digest, ofTopic, at, on) => {
    expect(remark({ at: '08:00' }, digest, ofTopic).split(' ')[0]).toBe(at);
    expect(remark({ on: 'monday' }, digest, ofTopic).split(' ')[0]).toBe(on);
    expect(remark({}, digest, ofTopic)).toBe('');
  });

  it('is named with what gives it one', () => {
    expect(remark({ at: '08:00' }, 'none')).toBe(
      '--at is the time of daily and weekly digests, and there is none; to get one: --digest daily\n',
    );
    expect(remark({ on: 'monday' }, 'daily')).toBe(
      '--on is the day of weekly digests, and there is none; to get one: --digest weekly\n',
    );
  });
});
