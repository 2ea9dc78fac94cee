// What the short commands ask of the API, and what they print for people and for programs. What the API does then: test/shared/api/.
import { publishedSubscription } from '../../shared/model/subscription.ts';
import { aSubscription, START } from '../support/builders.ts';
import { type Script, type ScriptedApi, scriptedApi } from '../support/scripted-api.ts';

let api: ScriptedApi | undefined;
afterEach(async () => {
  await api?.stop();
  api = undefined;
});

const AT = '2026-11-30T09:21:04.000Z';
const STATUS: Script = { 'GET /v1/status': { time: AT } };
const SUBSCRIPTION = publishedSubscription(aSubscription());
const TOPICS: Script = { 'GET /v1/topics?state=all': { items: [{ id: 'a' }, { id: 'b' }], cursor: null } };
const SUPPRESSION = { at: AT, cause: 'bounce', subscriptions: ['s1', 's2'], hash: 'h'.repeat(43), reason: 'no\nuser' };
const LETTER = { id: 7, queue: 'polls', since: AT, about: 'a feed', reason: null };
const OUTPUT = {
  id: 'o1',
  title: 'Rivers',
  topics: ['a'],
  feed: null,
  source: null,
  lang: null,
  text: null,
  createdAt: START,
  updatedAt: START,
  lastReadOn: null,
};

interface Case {
  readonly args: readonly string[];
  readonly script: Script;
  /** All requests; those of the script where absent. */
  readonly asks?: readonly string[];
  readonly prints: string;
  readonly remarks?: string;
  /** With --json; null: the same as without. */
  readonly json: unknown;
  readonly code?: number;
}

const CASES: readonly Case[] = [
  {
    args: ['feeds', 'poll', 'f1'],
    script: { 'POST /v1/feeds/f1/poll': null },
    prints: 'a poll of f1 is queued\n',
    json: { queued: 'f1' },
  },
  {
    args: ['feeds', 'remove', 'f1'],
    script: { 'DELETE /v1/feeds/f1': null },
    prints:
      'f1 is no longer followed; its matches stay\nif it is in config/feeds.opml, remove it there too: the next start or deploy would add it again\n',
    json: { removed: 'f1' },
  },
  ...(
    [
      [['--pause'], { active: false }],
      [['--resume'], { active: true }],
      [['--lang', ''], { language: null }],
      [
        ['--title', 'T', '--folder', 'F', '--lang', 'de', '--full-text', 'always'],
        { title: 'T', folder: 'F', language: 'de', fullText: 'always' },
      ],
    ] as const
  ).map(([options, body]) => ({
    args: ['feeds', 'change', 'f1', ...options],
    script: { 'PATCH /v1/feeds/f1': { id: 'f1' } },
    asks: [`PATCH /v1/feeds/f1 ${JSON.stringify(body)}`],
    prints: `f1 was changed: ${JSON.stringify(body)}\nsettings in config/feeds.opml are applied again at the next start or deploy\n`,
    json: { id: 'f1' },
  })),
  ...(
    [
      [['--add-topic', 'a', '--add-topic', 'b'], { addTopics: ['a', 'b'] }],
      [['--drop-topic', 'a'], { dropTopics: ['a'] }],
      [['--digest', 'daily', '--zone', ''], { digest: 'daily', timeZone: null }],
      [['--for', 'a', '--digest', ''], { topicRules: [{ topic: 'a', digest: null }] }],
    ] as const
  ).map(([options, body]) => ({
    args: ['subscriptions', 'change', 's1', ...options],
    script: { 'PATCH /v1/subscriptions/s1': SUBSCRIPTION },
    asks: [`PATCH /v1/subscriptions/s1 ${JSON.stringify(body)}`],
    prints: [
      'reader@example.org, by email: river-crossings.\n',
      '  At most one alert per event; updates when there is something new, at least 4 hours apart unless it becomes more severe.\n',
      '  Each alert is sent at once.\n',
      '  No quiet hours.\n',
      '  Topics of every severity, in every language, from every source.\n',
      '  Subscription subscription-1\n',
    ].join(''),
    json: SUBSCRIPTION,
  })),
  {
    args: ['subscriptions', 'test', 's1'],
    script: { 'POST /v1/subscriptions/s1/test': { state: 'sent', providerId: '' } },
    prints: 'test sent: the provider took it\n',
    json: { state: 'sent', providerId: '' },
  },
  {
    args: ['subscriptions', 'test', 's1'],
    script: { 'POST /v1/subscriptions/s1/test': { state: 'accepted', providerId: '\u001b7' } },
    prints: 'test sent: the service took it; it does not say whether it arrives, so look there (\ufffd7)\n',
    json: { state: 'accepted', providerId: '\u001b7' },
  },
  {
    args: ['subscriptions', 'test', 's1'],
    script: { 'POST /v1/subscriptions/s1/test': { state: 'delivered', providerId: '4711' } },
    prints: 'test sent: the service confirmed it (4711)\n',
    json: { state: 'delivered', providerId: '4711' },
  },
  {
    args: ['subscriptions', 'rotate-secret', 's1'],
    script: { 'POST /v1/subscriptions/s1/rotate-secret': { signingKey: 'whsec_x', previousUntil: AT } },
    prints: 'whsec_x\n',
    remarks:
      'This key is shown this once: give it to the receiver (docs/webhooks.md). The key before signs along until 2026-11-30 09:21 UTC.\n',
    json: { signingKey: 'whsec_x', previousUntil: AT },
  },
  {
    args: ['subscriptions', 'rotate-secret', 's1'],
    script: { 'POST /v1/subscriptions/s1/rotate-secret': { signingKey: 'whsec_x', previousUntil: null } },
    prints: 'whsec_x\n',
    remarks: 'This key is shown this once: give it to the receiver (docs/webhooks.md).\n',
    json: { signingKey: 'whsec_x', previousUntil: null },
  },
  {
    args: ['mute', 's1', 'topic', 'a', '--for', '12h'],
    script: { ...STATUS, 'POST /v1/subscriptions/s1/mutes': SUBSCRIPTION },
    asks: [
      'GET /v1/status',
      'POST /v1/subscriptions/s1/mutes {"kind":"topic","value":"a","until":"2026-11-30T21:21:04.000Z"}',
    ],
    prints: 'reader@example.org gets no alerts of the topic "a" until 2026-11-30 21:21 UTC\n',
    json: SUBSCRIPTION,
  },
  {
    args: ['mute', 's1', 'source', 'x.example', '--until', '2026-12-01T08:00'],
    script: { ...STATUS, 'POST /v1/subscriptions/s1/mutes': SUBSCRIPTION },
    asks: [
      'GET /v1/status',
      'POST /v1/subscriptions/s1/mutes {"kind":"source","value":"x.example","until":"2026-12-01T08:00:00.000Z"}',
    ],
    prints: 'reader@example.org gets no alerts from the source "x.example" until 2026-12-01 08:00 UTC\n',
    json: SUBSCRIPTION,
  },
  {
    args: ['unmute', 's1', 'topic', 'a b'],
    script: {
      'DELETE /v1/subscriptions/s1/mutes?kind=topic&value=a b': null,
      'GET /v1/subscriptions/s1': SUBSCRIPTION,
    },
    asks: ['DELETE /v1/subscriptions/s1/mutes?kind=topic&value=a b'],
    prints: 'alerts of the topic "a b" are sent again\n',
    json: SUBSCRIPTION,
  },
  {
    args: ['unsubscribe', 's1'],
    script: { 'DELETE /v1/subscriptions/s1': null },
    prints: 'ended: s1\n',
    json: { ended: ['s1'] },
  },
  {
    args: ['suppressions', 'list'],
    script: { 'GET /v1/suppressions': { items: [], cursor: null } },
    prints: '',
    remarks: 'no address is suppressed\n',
    json: [],
  },
  {
    args: ['suppressions'],
    script: { 'GET /v1/suppressions': { items: [SUPPRESSION, { ...SUPPRESSION, subscriptions: [] }], cursor: null } },
    prints: [
      'SINCE                 CAUSE   SUBSCRIPTION  HASH          REASON\n',
      '2026-11-30 09:21 UTC  bounce  s1, s2        hhhhhhhhhhhh  no user\n',
      '2026-11-30 09:21 UTC  bounce  none          hhhhhhhhhhhh  no user\n',
    ].join(''),
    json: [SUPPRESSION, { ...SUPPRESSION, subscriptions: [] }],
  },
  {
    args: ['suppressions', 'remove', 'reader@example.org'],
    script: { 'POST /v1/suppressions/remove': { outcome: 'lifted', subscriptions: ['s1', 's2'] } },
    asks: ['POST /v1/suppressions/remove {"address":"reader@example.org"}'],
    prints: 'mail to reader@example.org is sent again; going on: s1, s2\n',
    json: { removed: 'reader@example.org', subscriptions: ['s1', 's2'] },
  },
  {
    args: ['suppressions', 'remove', 'reader@example.org'],
    script: { 'POST /v1/suppressions/remove': { outcome: 'lifted', subscriptions: [] } },
    asks: ['POST /v1/suppressions/remove {"address":"reader@example.org"}'],
    prints: 'mail to reader@example.org is sent again; it has no subscription\n',
    json: { removed: 'reader@example.org', subscriptions: [] },
  },
  {
    args: ['deadletters', 'list'],
    script: { 'GET /v1/dead-letters': { items: [], count: 0 } },
    prints: '',
    remarks: 'no dead letters\n',
    json: [],
  },
  {
    args: ['deadletters', 'list'],
    script: { 'GET /v1/dead-letters': { items: [LETTER, { ...LETTER, reason: 'x'.repeat(101) }], count: 5 } },
    prints: [
      'ID  QUEUE  SINCE                 ABOUT   REASON\n',
      '7   polls  2026-11-30 09:21 UTC  a feed\n',
      `7   polls  2026-11-30 09:21 UTC  a feed  ${'x'.repeat(99)}…\n`,
    ].join(''),
    remarks: 'and 3 more\n',
    json: [LETTER, { ...LETTER, reason: 'x'.repeat(101) }],
  },
  {
    args: ['deadletters', 'list'],
    script: { 'GET /v1/dead-letters': { items: [LETTER], count: 1 } },
    prints: 'ID  QUEUE  SINCE                 ABOUT   REASON\n7   polls  2026-11-30 09:21 UTC  a feed\n',
    json: [LETTER],
  },
  {
    args: ['deadletters', 'redrive', '--all'],
    script: { 'POST /v1/dead-letters/redrive': { redriven: 1 } },
    asks: ['POST /v1/dead-letters/redrive {}'],
    prints: '1 message will be tried again\n',
    json: { redriven: 1 },
  },
  {
    args: ['deadletters', 'drop', '7', '8'],
    script: { 'POST /v1/dead-letters/drop': { dropped: 2 } },
    asks: ['POST /v1/dead-letters/drop {"ids":[7,8]}'],
    prints: '2 messages dropped\n',
    json: { dropped: 2 },
  },
  {
    args: ['deadletters', 'drop', '7', '8', '9'],
    script: { 'POST /v1/dead-letters/drop': { dropped: 1 } },
    asks: ['POST /v1/dead-letters/drop {"ids":[7,8,9]}'],
    prints: '1 message dropped\n',
    remarks: 'not found: 2 of 3 dead letters\n',
    json: { dropped: 1 },
    code: 2,
  },
  {
    args: ['outputs', 'list'],
    script: { 'GET /v1/outputs': { items: [], cursor: null } },
    prints: '',
    remarks: 'there are no outputs yet. To add one: tocsin outputs add --topic troop-deployment\n',
    json: [],
  },
  {
    args: ['outputs'],
    script: { 'GET /v1/outputs': { items: [OUTPUT, { ...OUTPUT, lastReadOn: '2026-11-29' }], cursor: null } },
    prints: 'TITLE   SHOWS  LAST READ   ID\nRivers  a      never       o1\nRivers  a      2026-11-29  o1\n',
    json: [OUTPUT, { ...OUTPUT, lastReadOn: '2026-11-29' }],
  },
  {
    args: ['outputs', 'show', 'o1'],
    script: { 'GET /v1/outputs/o1': OUTPUT },
    prints: 'Rivers: a\n  Made 2026-11-17 08:00 UTC; never read yet\n  Output o1\n',
    json: OUTPUT,
  },
  {
    args: ['outputs', 'change', 'o1', '--source', '', '--topic', 'b'],
    script: { 'PATCH /v1/outputs/o1': OUTPUT },
    asks: ['PATCH /v1/outputs/o1 {"topics":["b"],"source":null}'],
    prints: 'Rivers: a\n  Made 2026-11-17 08:00 UTC; never read yet\n  Output o1\n',
    json: OUTPUT,
  },
  ...(
    [
      [['renew', 'o1'], 'POST /v1/outputs/o1/renew', ''],
      [['add', '--topic', 'a', '--text', 'x'], 'POST /v1/outputs', ' {"topics":["a"],"text":"x"}'],
    ] as const
  ).map(([options, request, body]) => ({
    args: ['outputs', ...options],
    script: { [request]: { ...OUTPUT, addresses: { atom: 'http://x/o', json: 'http://x/o.json' } } },
    asks: [`${request}${body}`],
    prints: [
      'Rivers: a\n  Made 2026-11-17 08:00 UTC; never read yet\n  Output o1\n',
      '  Atom:      http://x/o\n  JSON Feed: http://x/o.json\n',
      '  Whoever has an address can read this output. It is shown only now, so keep it like a password.\n',
      '  Another one instead: tocsin outputs renew o1\n',
    ].join(''),
    json: { ...OUTPUT, addresses: { atom: 'http://x/o', json: 'http://x/o.json' } },
  })),
  {
    args: ['outputs', 'remove', 'o1'],
    script: { 'DELETE /v1/outputs/o1': null },
    prints: 'o1 was removed, and its address opens nothing any more; its matches stay\n',
    json: { removed: 'o1' },
  },
  {
    args: ['topics', 'restore', 'b', 'a', 'b'],
    script: { ...TOPICS, 'POST /v1/topics/b/restore': null, 'POST /v1/topics/a/restore': null },
    prints: 'in force again: b, a\n',
    json: { restored: ['b', 'a'] },
  },
  {
    args: ['topics', 'remove', 'a', 'b'],
    script: {
      ...TOPICS,
      'DELETE /v1/topics/a': { outcome: 'disabled', subscriptions: [] },
      'DELETE /v1/topics/b': {
        outcome: 'ended',
        subscriptions: [{ topic: 'b', target: 'reader@example.org', channel: 'email', id: 's1' }],
      },
    },
    prints: [
      'a was removed. Its matches stay, and their alerts are still sent. To undo: tocsin topics restore a\n',
      'b was removed. Its matches stay, and their alerts are still sent. It comes back when it is pushed again\n',
      'Still subscribed to b, which no longer matches: reader@example.org (email, s1).\n',
    ].join(''),
    json: {
      removed: [
        { id: 'a', outcome: 'disabled' },
        { id: 'b', outcome: 'ended' },
      ],
      subscriptions: [{ topic: 'b', target: 'reader@example.org', channel: 'email', id: 's1' }],
    },
  },
  {
    args: ['topics', 'feedback', 'a'],
    script: { 'GET /v1/topics/a/feedback?limit=100': { items: [], cursor: null } },
    prints: 'a: nobody has marked a match as not relevant\n',
    json: [],
  },
  {
    args: ['forget', 'reader@example.org'],
    script: {
      'POST /v1/forget': [
        { isDone: false, subscriptions: 1, deliveries: 2_000, atSns: 0, mails: 1, remains: ['x'] },
        { isDone: true, subscriptions: 0, deliveries: 1, atSns: 1, mails: 1, remains: ['y\n', 'z'] },
        { isDone: true, subscriptions: 0, deliveries: 0, atSns: 0, mails: 0, remains: ['y\n', 'z'] },
      ],
    },
    asks: Array.from({ length: 2 }, () => 'POST /v1/forget {"address":"reader@example.org"}'),
    prints:
      'Deleted: 1 subscription, 2,001 records of what was sent, 1 subscription at SNS, 2 mails in the outbox.\nWhat remains:\n  y \n  z\n',
    json: { isDone: true, subscriptions: 0, deliveries: 0, atSns: 0, mails: 0, remains: ['y\n', 'z'] },
  },
  {
    args: ['forget', 'reader@example.org'],
    script: {
      'POST /v1/forget': { isDone: true, subscriptions: 0, deliveries: 0, atSns: 0, mails: 0, remains: ['x'] },
    },
    asks: ['POST /v1/forget {"address":"reader@example.org"}'],
    prints: 'Nothing is stored about this address.\nWhat remains:\n  x\n',
    json: { isDone: true, subscriptions: 0, deliveries: 0, atSns: 0, mails: 0, remains: ['x'] },
  },
  {
    args: ['redeliver', 'd1', 'd2', 'd3'],
    script: {
      'POST /v1/deliveries/redeliver': {
        redelivered: ['d1'],
        skipped: [
          { id: 'd2', why: 'it was\ndelivered' },
          { id: 'd3', why: 'it was\ndelivered' },
        ],
        cursor: null,
      },
    },
    asks: ['POST /v1/deliveries/redeliver {"ids":["d1","d2","d3"]}'],
    prints: '1 delivery due now, to leave within five minutes\n2 left out, it was delivered: d2, d3\n',
    json: {
      redelivered: ['d1'],
      skipped: [
        { id: 'd2', why: 'it was\ndelivered' },
        { id: 'd3', why: 'it was\ndelivered' },
      ],
    },
    code: 1,
  },
];

it.each(CASES)('tocsin $args', async ({ args, script, asks, prints, remarks = '', json, code = 0 }) => {
  api = await scriptedApi(script);

  const shown = await api.run(...args);
  const asked = [...api.asked];
  const forPrograms = await api.run(...args, '--json');

  expect(shown).toEqual({ code, stdout: prints, stderr: remarks });
  expect(asked).toEqual(asks ?? Object.keys(script));
  expect(JSON.parse(forPrograms.stdout)).toEqual(json);
  expect(forPrograms.code).toBe(code);
});

it.each<[args: readonly string[], told: string, hint: string]>([
  [
    ['feeds', 'add', 'a', 'b', '--title', 'x'],
    '--title applies to one feed, but several are given',
    'usage: tocsin feeds add',
  ],
  [
    ['start', '--port', '65536'],
    '--port: "65536" is not a port. Allowed: 0 (any free one) to 65535',
    'usage: tocsin start',
  ],
  [['start', '--port', ' '], '--port: " " is not a port. Allowed: 0 (any free one) to 65535', 'usage: tocsin start'],
  [['matches', '--bom'], '--bom works with --format csv only', 'usage: tocsin matches [ID]'],
  [['feeds', 'lst'], 'unknown command "tocsin feeds lst"', 'did you mean list?'],
  [['topics'], 'tocsin topics needs a verb', 'known: list, push, remove, '],
  [['topic'], 'unknown command "topic"', 'did you mean topics?'],
  [['feeds', 'change', 'f1'], 'nothing to change: give at least one option', 'usage: tocsin feeds change ID|URL'],
  [
    ['feeds', 'change', 'f1', '--pause', '--resume'],
    '--pause and --resume contradict each other',
    'usage: tocsin feeds change ID|URL',
  ],
  [
    ['subscriptions', 'change', 's1'],
    'nothing to change: give at least one option',
    'usage: tocsin subscriptions change ID|ADDRESS',
  ],
  [
    ['subscriptions', 'change', 's1', '--for', 'a'],
    'nothing to change: give at least one option',
    'usage: tocsin subscriptions change ID|ADDRESS',
  ],
  [['outputs', 'change', 'o1'], 'nothing to change: give at least one option', 'usage: tocsin outputs change ID'],
  [['mute', 's1', 'topic', 'a'], 'a mute needs an end: give either --for or --until', 'usage: tocsin mute ID|ADDRESS'],
  [
    ['mute', 's1', 'topic', 'a', '--for', '1h', '--until', 'today'],
    'a mute needs an end: give either --for or --until',
    'usage: tocsin mute ID|ADDRESS',
  ],
  [['mute', 's1', 'feed', 'a', '--for', '1h'], 'what to mute: "feed" is not one of topic, story, source', ''],
  [['unmute', 's1', 'feed', 'a'], 'what to unmute: "feed" is not one of topic, story, source', ''],
  [['deadletters', 'drop'], 'name either ids or --all', 'usage: tocsin deadletters drop'],
  [['deadletters', 'drop', '7', '--all'], 'name either ids or --all', 'usage: tocsin deadletters drop'],
  [['deadletters', 'drop', '0'], '"0" is not the id of a dead letter', 'tocsin deadletters list shows the ids'],
  [['deadletters', 'drop', '7a'], '"7a" is not the id of a dead letter', 'tocsin deadletters list shows the ids'],
  [['redeliver'], 'give either ids or --failed', 'usage: tocsin redeliver ID...'],
  [['redeliver', 'd1', '--failed'], 'give either ids or --failed', 'usage: tocsin redeliver ID...'],
  [
    ['redeliver', 'd1', '--since', '2d'],
    '--since, --until and --channel go with --failed',
    'usage: tocsin redeliver ID...',
  ],
  [
    ['redeliver', 'd1', '--channel', 'email'],
    '--since, --until and --channel go with --failed',
    'usage: tocsin redeliver ID...',
  ],
  [
    ['redeliver', '--failed'],
    '--failed needs --since: it keeps old alerts from being sent',
    'usage: tocsin redeliver ID...',
  ],
  [['redeliver', '--failed', '--since', '2d', '--channel', 'fax'], '--channel: "fax" is not one of ', ''],
  [
    ['deliveries', '--failed', '--failing'],
    'give either --failed or --failing',
    'usage: tocsin deliveries [--failed | --failing]',
  ],
  [
    ['deliveries', '--failing', '--since', '2d'],
    '--failing is about now, without --since and --until',
    'usage: tocsin deliveries [--failed | --failing]',
  ],
  [
    ['deliveries', '--failing', '--until', '2d'],
    '--failing is about now, without --since and --until',
    'usage: tocsin deliveries [--failed | --failing]',
  ],
  [
    ['stories', 'docs.jsonl'],
    'missing --jsonl: documents are read as JSON lines',
    'usage: tocsin stories --jsonl FILE|-',
  ],
  [['stories', '-'], 'missing --jsonl: documents are read as JSON lines', 'usage: tocsin stories --jsonl FILE|-'],
  [
    ['topics', 'push', 'a.yaml', '--end-missing'],
    '--end-missing is about packs that are missing from config/topics; it takes no files',
    'usage: tocsin topics push',
  ],
  [
    ['subscribe', 'email', 'reader@example.org'],
    'name at least one topic: --topic troop-deployment; --topic "*" stands for every topic',
    'usage: tocsin subscribe email|sns-email ADDRESS',
  ],
  [['subscribe', 'fax', 'x', '--topic', 'a'], 'channel: "fax" is not one of ', ''],
])('tocsin %j is refused before anything is asked that changes something', async (args, told, hint) => {
  api = await scriptedApi(STATUS);

  const { code, stdout, stderr } = await api.run(...args);

  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.slice(0, `tocsin: ${told}`.length)).toBe(`tocsin: ${told}`);
  expect(stderr).toContain(`\n${hint === '' ? '' : `  ${hint}`}`);
  expect(api.asked.filter((each) => !each.startsWith('GET '))).toEqual([]);
});

it('suppressions remove says so of an address that is not suppressed', async () => {
  api = await scriptedApi({ 'POST /v1/suppressions/remove': { outcome: 'not_suppressed', subscriptions: [] } });

  expect(await api.run('suppressions', 'remove', 'reader@example.org')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'tocsin: reader@example.org is not suppressed\n',
  });
});

it('redeliver asks for a hundred at a time, and names those left out only where they are few', async () => {
  const skipped = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => ({ id: `d${from + at}`, why: 'it is too old' }));
  api = await scriptedApi({
    'POST /v1/deliveries/redeliver': [
      { redelivered: ['x'], skipped: skipped(0, 3), cursor: null },
      { redelivered: ['y'], skipped: skipped(3, 4), cursor: null },
    ],
  });

  const { code, stdout } = await api.run('redeliver', ...Array.from({ length: 101 }, (_, at) => `d${at}`));

  expect(api.asked.map((each) => each.split(',').length)).toEqual([100, 1]);
  expect([code, stdout]).toEqual([
    1,
    '2 deliveries due now, to leave within five minutes\n4 left out, it is too old\n',
  ]);
});

it('subscribe says in the end what else there is, what to wait for, and the key, which is shown this once', async () => {
  const answer = { ...SUBSCRIPTION, outcome: 'created', isAsked: true, others: ['s9'], signingKey: 'whsec_x' };
  api = await scriptedApi({
    'POST /v1/subscriptions': answer,
    'POST /v1/subscriptions/subscription-1/test': { state: 'sent', providerId: '' },
  });

  const { code, stdout, stderr } = await api.run(
    'subscribe',
    'sns-email',
    'reader@example.org',
    '--topic',
    'a',
    '--test',
  );

  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'reader@example.org will receive alerts for river-crossings by email. Subscription subscription-1',
    'whsec_x',
    'test sent: the provider took it',
    '',
  ]);
  expect(stderr.split('\n')).toEqual([
    'Subscription s9 of this address stays as it is. To end it: tocsin unsubscribe s9',
    'A confirmation link was sent to that address; alerts begin once it is opened and confirmed.',
    'This key signs each call. It is shown this once: give it to the receiver (docs/webhooks.md).',
    '',
  ]);
});
