// What doctor, the status page and /readyz say, made from plain figures.

import type { Finding } from '../../../shared/health/finding.ts';
import { duration } from '../../../shared/health/finding.ts';
import { instanceFindings } from '../../../shared/health/instance-findings.ts';
import type { InstanceStatus } from '../../../shared/health/instance-status.ts';
import { machineFindings, reasonsNotReady } from '../../../shared/health/machine-findings.ts';
import type { MachineStatus } from '../../../shared/health/machine-status.ts';
import { aMachineStatus, later, START } from '../../support/builders.ts';

const MINUTE = 60_000;
const MIB = 1024 * 1024;

const status = (change: Partial<InstanceStatus> = {}): InstanceStatus => ({
  time: START,
  feeds: { total: 4, failing: 1, neverPolled: 0, byStatus: { ok: 2, broken: 1, silent: 1 } },
  topics: 3,
  lastScheduledMinute: START,
  oldestPolledAt: null,
  due: 0,
  oldestDueAt: null,
  question: 'mail',
  deliveryFailures: [],
  operators: null,
  ...change,
});

const QUOTA = { perSecond: 14, perDay: 50_000, leftToday: 49_000, isSandbox: false, isEnabled: true };

const named = (findings: readonly Finding[], what: string): Finding | undefined =>
  findings.find((finding) => finding.what === what);
const problems = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ well }) => !well).map(({ what }) => what);

const told = (confirmed: number, unconfirmed: number) => ({ confirmed, unconfirmed, problem: null });

describe('the findings of an instance', () => {
  it('are all well where little fails', () => {
    expect(problems(instanceFindings(status()))).toEqual([]);
    expect(named(instanceFindings(status()), 'feeds')?.says).toBe('4 followed, 1 failing, 1 silent, 0 not read yet');
  });

  it.each<[InstanceStatus['mailQuota'], boolean, string]>([
    [{ ...QUOTA }, true, 'SES sends 14 mails a second, 49000 of 50000 left for these 24 hours'],
    [{ ...QUOTA, perDay: null, leftToday: null, perSecond: 1 }, true, 'SES sends 1 mail a second'],
    [{ ...QUOTA, leftToday: 0 }, false, 'SES sends 14 mails a second, 0 of 50000 left for these 24 hours'],
    [
      { ...QUOTA, isSandbox: true },
      false,
      'SES sends 14 mails a second, 49000 of 50000 left for these 24 hours; the account is in the SES sandbox, so mails reach verified addresses only: ask AWS for production access',
    ],
    [
      { ...QUOTA, isEnabled: false },
      false,
      'SES has stopped sending for this account: see the reputation dashboard in the SES console',
    ],
    [null, false, 'the limits of SES could not be read; the log of the function api has the cause'],
  ])('say what SES allows: %#', (mailQuota, well, says) => {
    expect(named(instanceFindings(status({ mailQuota })), 'mail')).toEqual({ what: 'mail', well, says });
  });

  it('do not speak of SES where mails do not leave by it', () => {
    expect(named(instanceFindings(status()), 'mail')).toBeUndefined();
  });

  it('say when new addresses are not asked whether they agree, which is no fault', () => {
    const says = (question: InstanceStatus['question']) => named(instanceFindings(status({ question })), 'consent');

    expect(says('off')).toEqual({
      what: 'consent',
      well: true,
      says: 'new addresses are not asked whether they agree: mail.confirm is false',
    });
    expect([says('mail'), says('local')]).toEqual([undefined, undefined]);
  });

  it.each<[string, Partial<InstanceStatus>, string]>([
    ['never ran', { lastScheduledMinute: null }, 'schedule'],
    ['ran three minutes ago', { lastScheduledMinute: later(-3 * MINUTE) }, 'schedule'],
    ['ran in the future', { lastScheduledMinute: later(4 * MINUTE) }, 'schedule'],
    ['follows no feed', { feeds: { total: 0, failing: 0, neverPolled: 0, byStatus: {} } }, 'feeds'],
    ['reads half of the feeds only', { feeds: { total: 4, failing: 2, neverPolled: 0, byStatus: {} } }, 'feeds'],
    ['has no topic', { topics: 0 }, 'topics'],
    ['has an alert due for ten minutes', { due: 1, oldestDueAt: later(-10 * MINUTE) }, 'alerts'],
    [
      'cannot send',
      {
        deliveryFailures: [{ channel: 'email', state: 'retrying', count: 1, lastDay: 1, since: START, reason: 'down' }],
      },
      'deliveries',
    ],
  ])('name the problem of one that %s', (_what, change, what) => {
    expect(problems(instanceFindings(status(change)))).toEqual([what]);
  });

  it.each<[string, Partial<InstanceStatus>]>([
    ['the schedule ran less than three minutes ago', { lastScheduledMinute: later(-3 * MINUTE + 1) }],
    ['the schedule ran for a minute that has just begun elsewhere', { lastScheduledMinute: later(2 * MINUTE) }],
    ['an alert is due for less than ten minutes', { due: 1, oldestDueAt: later(-10 * MINUTE + 1) }],
  ])('are well while %s', (_what, change) => {
    expect(problems(instanceFindings(status(change)))).toEqual([]);
  });

  it('say of deliveries how many, which way, since when, why, and where to look', () => {
    const failure = { channel: 'email', since: START, reason: '550 no such user' } as const;
    const findings = instanceFindings(
      status({
        deliveryFailures: [
          { ...failure, state: 'retrying', count: 200, lastDay: 200 },
          { ...failure, channel: 'sns', state: 'failed', count: 2, lastDay: 1 },
          { ...failure, channel: 'slack', state: 'disabled', count: 1, lastDay: 1 },
        ],
      }),
    );

    expect(findings.filter(({ what }) => what === 'deliveries').map(({ says }) => says)).toEqual([
      '200 or more mails being retried, the first since 2026-11-17 08:00 UTC: 550 no such user. To see each: tocsin deliveries --failing',
      '2 SNS publications failed for good within 7 days (1 in the last day), the first at 2026-11-17 08:00 UTC: 550 no such user. To see each: tocsin deliveries --failing',
      '1 Slack message given up within 7 days because the address is gone, the first at 2026-11-17 08:00 UTC: 550 no such user. To see each: tocsin deliveries --failing',
    ]);
  });
});

describe('in words, an instance', () => {
  const says = (change: Partial<InstanceStatus>, what: string) => named(instanceFindings(status(change)), what)?.says;

  it('has its findings in one order', () => {
    expect(instanceFindings(status()).map(({ what }) => what)).toEqual([
      'schedule',
      'feeds',
      'topics',
      'alerts',
      'deliveries',
    ]);
  });

  it.each<[string, Partial<InstanceStatus>, string]>([
    ['schedule', { lastScheduledMinute: START }, 'last ran for 2026-11-17 08:00 UTC'],
    ['schedule', { lastScheduledMinute: null }, 'has never run'],
    [
      'schedule',
      { lastScheduledMinute: later(4 * MINUTE) },
      'last ran for 2026-11-17 08:04 UTC, which is in the future: the clock must have been ahead; feeds are still polled',
    ],
    [
      'feeds',
      { oldestPolledAt: START },
      '4 followed, 1 failing, 1 silent, 0 not read yet; every batch has been polled since 2026-11-17 08:00 UTC',
    ],
    [
      'feeds',
      { feeds: { total: 7, failing: 0, neverPolled: 2, byStatus: { ok: 4, silent: 2, empty: 1 } } },
      '7 followed, 0 failing, 2 silent, 1 empty, 2 not read yet',
    ],
    ['topics', { topics: 3 }, '3 in force'],
    ['alerts', {}, 'none waiting'],
    ['alerts', { due: 2, oldestDueAt: START }, '2 waiting, the oldest due since 2026-11-17 08:00 UTC'],
    ['alerts', { due: 2 }, '2 waiting'],
    ['deliveries', {}, 'none failing'],
    ['operators', { operators: told(1, 0) }, '1 subscription of the operations topic'],
    [
      'operators',
      { operators: told(0, 1) },
      '1 subscription of the operations topic is not confirmed, so no one receives alarms: open the link in the mail of AWS Notifications (docs/aws.md)',
    ],
    [
      'operators',
      { operators: told(1, 2) },
      '2 subscriptions of the operations topic are not confirmed: open the link in the mail of AWS Notifications (docs/aws.md)',
    ],
    [
      'operators',
      { operators: told(0, 0) },
      'no one receives alarms: set aws.operationsEmail in config/tocsin.yaml, deploy, and open the link in the mail of AWS Notifications (docs/aws.md)',
    ],
    [
      'operators',
      { operators: { ...told(0, 0), problem: 'SNS did not answer' } },
      'it is not known who is told of alarms: SNS did not answer',
    ],
  ])('says of its %s, given %j: %s', (what, change, words) => {
    expect(says(change, what)).toBe(words);
  });

  it.each([
    [199, '199 mails being retried'],
    [1, '1 mail being retried'],
    [201, '201 or more mails being retried'],
  ])('counts %d deliveries as "%s"', (count, words) => {
    const trouble = {
      channel: 'email',
      state: 'retrying',
      since: START,
      reason: 'down',
      count,
      lastDay: count,
    } as const;

    expect(says({ deliveryFailures: [trouble] }, 'deliveries')).toMatch(new RegExp(`^${words}, `));
  });

  it.each([
    [1, 0, true],
    [0, 0, false],
    [1, 1, false],
    [0, 1, false],
  ])('with %d confirmed and %d unconfirmed subscriptions of operators is well: %p', (confirmed, unconfirmed, well) => {
    const findings = instanceFindings(status({ operators: told(confirmed, unconfirmed) }));

    expect(named(findings, 'operators')?.well).toBe(well);
  });

  it.each<[string, Partial<InstanceStatus>, boolean]>([
    ['three minutes ahead', { lastScheduledMinute: later(3 * MINUTE) }, true],
    ['more than three minutes ahead', { lastScheduledMinute: later(3 * MINUTE + 1) }, false],
  ])('judges a schedule %s: well %p %p', (_name, change, well) => {
    expect(named(instanceFindings(status(change)), 'schedule')?.well).toBe(well);
  });

  it('is not well when more than it counts waits, and nobody knows since when', () => {
    expect(named(instanceFindings(status({ due: 1 })), 'alerts')?.well).toBe(false);
  });
});

const queues = (waitingSeconds: number, idleSeconds: number): MachineStatus['queues'] => [
  { name: 'articles', depth: 7, waitingSeconds, idleSeconds },
];

describe('a machine', () => {
  it('is ready and well while nothing is amiss', () => {
    expect(reasonsNotReady(aMachineStatus())).toEqual([]);
    expect(problems(machineFindings(aMachineStatus()))).toEqual([]);
  });

  it.each<[string, Partial<MachineStatus>, RegExp]>([
    ['it starts', { state: 'starting' }, /starting/],
    ['it stops', { state: 'stopping' }, /stopping/],
    ['it polls once', { state: 'once' }, /no schedule/],
    ['nothing runs', { state: 'offline' }, /no schedule/],
    [
      'the schedule is late',
      { schedule: { at: START, secondsAgo: 180 } },
      /schedule is late: it last ran 3 minutes ago/,
    ],
    ['the sweep is late', { sweep: { at: START, secondsAgo: 600 } }, /sweep is late: it last ran 10 minutes ago/],
    ['the sweep never ended', { sweep: { at: null, secondsAgo: null } }, /sweep is late: it has not run/],
    ['the database restarts', { database: { isRestarting: true, restarts: 1, lastRestartAt: START } }, /database/],
    ['a queue is stuck', { queues: queues(900, 900) }, /queue articles is stuck/],
  ])('is not ready while %s', (_what, change, reason) => {
    expect(reasonsNotReady(aMachineStatus(change))).toEqual([expect.stringMatching(reason)]);
  });

  it.each<[string, Partial<MachineStatus>]>([
    ['the schedule ran less than three minutes ago', { schedule: { at: START, secondsAgo: 179 } }],
    ['the sweep ran less than ten minutes ago', { sweep: { at: START, secondsAgo: 599 } }],
    ['the first sweep is under way', { upSeconds: 599, sweep: { at: null, secondsAgo: null } }],
    ['a long queue is worked on', { queues: queues(9_000, 899) }],
    ['a queue was idle before its message came', { queues: queues(899, 9_000) }],
    ['mail cannot be sent', { problems: [{ what: 'mail server', says: 'refused', since: START }] }],
    ['the disk is low', { disk: { freeBytes: 1, totalBytes: 1e9 } }],
  ])('is ready while %s', (_what, change) => {
    expect(reasonsNotReady(aMachineStatus(change))).toEqual([]);
  });

  it.each<[string, Partial<MachineStatus>, string, RegExp]>([
    ['nothing runs', { state: 'offline' }, 'Tocsin', /is not running.*npm start/],
    ['it stops', { state: 'stopping' }, 'Tocsin', /stopping/],
    ['the sweep is late', { sweep: { at: START, secondsAgo: 600 } }, 'sweep', /last ran at 2026-11-17 08:00 UTC/],
    [
      'an article waits for half an hour',
      { queues: queues(1_800, 1) },
      'queues',
      /7 in articles, the oldest for 30 min/,
    ],
    ['a queue is stuck', { queues: queues(900, 900) }, 'queues', /7 in articles, the oldest for 15 minutes/],
    ['messages were set aside', { deadLetters: 2 }, 'set aside', /2 messages .*tocsin deadletters list/],
    [
      'the database ended a short time ago',
      { database: { isRestarting: false, restarts: 2, lastRestartAt: later(-599_000) } },
      'database',
      /crashed 2 times since the start, the last time at 2026-11-17 07:50 UTC/,
    ],
    [
      'the database is being restarted',
      { database: { isRestarting: true, restarts: 1, lastRestartAt: later(-900_000) } },
      'database',
      /is being restarted/,
    ],
    ['the disk is low', { disk: { freeBytes: 255 * MIB, totalBytes: 50e9 } }, 'disk', /255 MiB free; free some/],
    [
      'a part reports a problem',
      { problems: [{ what: 'mail server', says: 'smtp.example.org refused the password', since: START }] },
      'mail server',
      /^smtp\.example\.org refused the password \(since 2026-11-17 08:00 UTC\)$/,
    ],
  ])('is not well while %s', (_what, change, what, says) => {
    const findings = machineFindings(aMachineStatus(change));

    expect(problems(findings)).toEqual([what]);
    expect(named(findings, what)?.says).toMatch(says);
  });

  it.each<[string, Partial<MachineStatus>]>([
    [
      'the database has run for ten minutes since',
      { database: { isRestarting: false, restarts: 2, lastRestartAt: later(-600_000) } },
    ],
    [
      'the clock was set back since the database ended',
      { database: { isRestarting: false, restarts: 1, lastRestartAt: later(172_800_000) } },
    ],
    ['a small disk is mostly free', { disk: { freeBytes: 100 * MIB, totalBytes: 200 * MIB } }],
    ['the disk cannot be asked', { disk: null }],
    ['a queue is worked on in time', { queues: queues(1_799, 1) }],
    ['its clock was set', { clockJump: { at: START, seconds: -172_800 } }],
  ])('is well while %s', (_what, change) => {
    expect(problems(machineFindings(aMachineStatus(change)))).toEqual([]);
  });

  it.each([
    [10 * 1024 * MIB - 1, '10239 MiB free'],
    [10 * 1024 * MIB, '10 GiB free'],
  ])('shows the free space of %d bytes in a unit that fits', (freeBytes, says) => {
    const findings = machineFindings(aMachineStatus({ disk: { freeBytes, totalBytes: 50e9 } }));

    expect(named(findings, 'disk')?.says).toBe(says);
  });

  it('does not blame a stopped instance for what waits in its queues', () => {
    expect(problems(machineFindings(aMachineStatus({ state: 'offline', queues: queues(9_000, 9_000) })))).toEqual([
      'Tocsin',
    ]);
  });

  it('reports that its clock was set', () => {
    const saysOf = (seconds: number) =>
      named(machineFindings(aMachineStatus({ clockJump: { at: START, seconds } })), 'clock')?.says;

    expect(saysOf(-172_800)).toBe('moved back by 2 days at 2026-11-17 08:00 UTC: it was set');
    expect(saysOf(7_200)).toBe('moved forward by 2 hours at 2026-11-17 08:00 UTC: it was set, or the machine slept');
  });
});

describe('in words, a machine', () => {
  const says = (change: Partial<MachineStatus>, what: string) =>
    named(machineFindings(aMachineStatus(change)), what)?.says;

  it('has its findings in one order; the sweep is one of them only while it runs', () => {
    const whats = (change: Partial<MachineStatus>) => machineFindings(aMachineStatus(change)).map(({ what }) => what);
    const problem = { what: 'log', says: 'full', since: START };

    expect(whats({ clockJump: { at: START, seconds: 90 }, problems: [problem] })).toEqual([
      'Tocsin',
      'sweep',
      'queues',
      'set aside',
      'database',
      'disk',
      'clock',
      'log',
    ]);
    expect(whats({ state: 'starting', disk: null })).toEqual(['Tocsin', 'queues', 'set aside', 'database']);
  });

  it.each<[string, Partial<MachineStatus>, string]>([
    ['Tocsin', {}, '1.2.3 has been running since 2026-11-17 07:00 UTC'],
    ['Tocsin', { state: 'once' }, '1.2.3 has been running since 2026-11-17 07:00 UTC'],
    ['Tocsin', { state: 'starting' }, '1.2.3 is starting'],
    ['Tocsin', { state: 'stopping' }, 'is stopping'],
    ['Tocsin', { state: 'offline' }, 'is not running: nothing is polled and no alert is sent. To start it: npm start'],
    ['sweep', { sweep: { at: START, secondsAgo: 1 } }, 'last ran at 2026-11-17 08:00 UTC'],
    ['sweep', { sweep: { at: null, secondsAgo: null } }, 'it has not run since the start'],
    ['queues', {}, 'empty'],
    ['queues', { queues: queues(59, 1) }, '7 in articles'],
    ['queues', { queues: queues(60, 1) }, '7 in articles, the oldest for 60 seconds'],
    [
      'queues',
      { queues: [...queues(0, 1), { name: 'polls', depth: 1, waitingSeconds: 0, idleSeconds: 0 }] },
      '7 in articles; 1 in polls',
    ],
    ['set aside', {}, 'nothing'],
    ['set aside', { deadLetters: 1 }, '1 message after too many tries: tocsin deadletters list'],
    ['database', {}, 'has not crashed'],
    [
      'database',
      { database: { isRestarting: true, restarts: 1, lastRestartAt: START } },
      'is being restarted; it crashed 1 time since the start, the last time at 2026-11-17 08:00 UTC',
    ],
    ['disk', { disk: { freeBytes: 1, totalBytes: 1e9 } }, '0 MiB free; free some, or nothing more can be stored'],
    [
      'clock',
      { clockJump: { at: START, seconds: 0 } },
      'moved forward by 0 seconds at 2026-11-17 08:00 UTC: it was set, or the machine slept',
    ],
    ['clock', { clockJump: { at: START, seconds: -1 } }, 'moved back by 1 second at 2026-11-17 08:00 UTC: it was set'],
  ])('says of its %s, given %j: %s', (what, change, words) => {
    expect(says(change, what)).toBe(words);
  });

  it.each<[string, Partial<MachineStatus>, readonly string[]]>([
    ['stops', { state: 'stopping' }, ['it is stopping']],
    ['polls once', { state: 'once' }, ['no schedule runs']],
    ['starts', { state: 'starting' }, ['it is starting: no polls were scheduled yet']],
    [
      'is late with all',
      {
        schedule: { at: START, secondsAgo: 180 },
        sweep: { at: null, secondsAgo: null },
        database: { isRestarting: true, restarts: 1, lastRestartAt: START },
        queues: queues(900, 900),
      },
      [
        'the schedule is late: it last ran 3 minutes ago',
        'the sweep is late: it has not run since the start',
        'the database is being restarted',
        'the queue articles is stuck: no message was finished for a while',
      ],
    ],
  ])('that %s is not ready, for these reasons', (_name, change, reasons) => {
    expect(reasonsNotReady(aMachineStatus(change))).toEqual(reasons);
  });

  it.each([
    [256 * MIB, 50e9, true],
    [256 * MIB - 1, 50e9, false],
    [100, 1_000, true],
    [99, 1_000, false],
  ])('with %d bytes of %d free is well: %s', (freeBytes, totalBytes, well) => {
    expect(named(machineFindings(aMachineStatus({ disk: { freeBytes, totalBytes } })), 'disk')?.well).toBe(well);
  });
});

describe('a duration in words', () => {
  it.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [119, '119 seconds'],
    [120, '2 minutes'],
    [7_199, '119 minutes'],
    [7_200, '2 hours'],
    [119.9, '119 seconds'],
    [239, '3 minutes'],
    [10_799, '2 hours'],
    [172_799, '47 hours'],
    [259_199, '2 days'],
    [172_800, '2 days'],
  ])('of %d seconds is %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });
});
