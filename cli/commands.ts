// Every command: its name, a line about it, and where its code is. Each is loaded when it is called, so that no command pays for another's
// libraries.
import type { CommandModule } from './command.ts';
import { isTarget } from './subscriptions/target-words.ts';

export type LoadCommand = () => Promise<CommandModule>;

export interface CommandEntry {
  readonly summary: string;
  readonly load: LoadCommand;
}

/** `tocsin feeds list`, `tocsin feeds add`, … */
export interface NounEntry {
  readonly summary: string;
  readonly verbs: Readonly<Record<string, LoadCommand>>;
  /** The verb where none is given. */
  readonly defaultVerb?: string;
  /** Whether a first word is an argument of the default verb, as in `tocsin subscriptions ADDRESS`. */
  readonly isArgument?: (word: string) => boolean;
}

export const COMMANDS: Readonly<Record<string, CommandEntry | NounEntry>> = {
  start: {
    summary: 'run everything on this machine; --once: poll each feed once and exit',
    load: () => import('./commands/start.ts'),
  },
  feeds: {
    summary: 'list, add, change, check, import, export, remove and poll feeds',
    defaultVerb: 'list',
    verbs: {
      list: () => import('./commands/feeds/list.ts'),
      add: () => import('./commands/feeds/add.ts'),
      change: () => import('./commands/feeds/change.ts'),
      check: () => import('./commands/feeds/check.ts'),
      import: () => import('./commands/feeds/import.ts'),
      export: () => import('./commands/feeds/export.ts'),
      remove: () => import('./commands/feeds/remove.ts'),
      poll: () => import('./commands/feeds/poll.ts'),
    },
  },
  topics: {
    summary: 'list, push, remove and restore topics; judge their alerts; check, test and explain packs',
    verbs: {
      list: () => import('./commands/topics/list.ts'),
      push: () => import('./commands/topics/push.ts'),
      remove: () => import('./commands/topics/remove.ts'),
      restore: () => import('./commands/topics/restore.ts'),
      feedback: () => import('./commands/topics/feedback.ts'),
      judge: () => import('./commands/topics/judge.ts'),
      check: () => import('./commands/topics/check.ts'),
      test: () => import('./commands/topics/test.ts'),
      explain: () => import('./commands/topics/explain.ts'),
      words: () => import('./commands/topics/words.ts'),
      expand: () => import('./commands/topics/expand.ts'),
    },
  },
  match: {
    summary: 'match a text or a stream of documents now, and show the passages and why they match',
    load: () => import('./commands/match.ts'),
  },
  matches: {
    summary: 'list stored matches, or show one with its deliveries',
    load: () => import('./commands/matches/list.ts'),
  },
  stories: {
    summary: 'list stories, or show one report by report with its alerts; --jsonl: group a stream of documents',
    load: () => import('./commands/stories/list.ts'),
  },
  subscribe: {
    summary: 'send the alerts of topics to an address, a webhook or a chat',
    load: () => import('./commands/subscriptions/subscribe.ts'),
  },
  unsubscribe: {
    summary: 'end a subscription',
    load: () => import('./commands/subscriptions/unsubscribe.ts'),
  },
  subscriptions: {
    summary: 'list subscriptions; show or change what a subscriber receives, and when',
    defaultVerb: 'list',
    isArgument: isTarget,
    verbs: {
      list: () => import('./commands/subscriptions/list.ts'),
      show: () => import('./commands/subscriptions/show.ts'),
      change: () => import('./commands/subscriptions/change.ts'),
      test: () => import('./commands/subscriptions/test.ts'),
      'rotate-secret': () => import('./commands/subscriptions/rotate-secret.ts'),
    },
  },
  suppressions: {
    summary: 'list addresses that get no mail because it bounced or was reported as spam; send mail to one again',
    defaultVerb: 'list',
    verbs: {
      list: () => import('./commands/suppressions/list.ts'),
      remove: () => import('./commands/suppressions/remove.ts'),
    },
  },
  tokens: {
    summary: 'list, make and revoke tokens for people and programs who use the console and the API of one machine',
    defaultVerb: 'list',
    verbs: {
      list: () => import('./commands/tokens/list.ts'),
      create: () => import('./commands/tokens/create.ts'),
      revoke: () => import('./commands/tokens/revoke.ts'),
    },
  },
  forget: {
    summary: 'delete everything that is stored about an address, and say what remains',
    load: () => import('./commands/subscriptions/forget.ts'),
  },
  mute: {
    summary: 'send a subscriber no alerts of a topic, story or source for a while',
    load: () => import('./commands/subscriptions/mute.ts'),
  },
  unmute: {
    summary: 'end a mute before its time',
    load: () => import('./commands/subscriptions/unmute.ts'),
  },
  outputs: {
    summary: 'offer matches as Atom and JSON Feed to other programs, under secret addresses',
    defaultVerb: 'list',
    verbs: {
      list: () => import('./commands/outputs/list.ts'),
      add: () => import('./commands/outputs/add.ts'),
      show: () => import('./commands/outputs/show.ts'),
      change: () => import('./commands/outputs/change.ts'),
      renew: () => import('./commands/outputs/renew.ts'),
      remove: () => import('./commands/outputs/remove.ts'),
    },
  },
  deliveries: {
    summary: 'show what became of alerts, and why: sent, held, merged, filtered, failed and so on',
    load: () => import('./commands/deliveries/list.ts'),
  },
  redeliver: {
    summary: 'send again what did not arrive',
    load: () => import('./commands/deliveries/redeliver.ts'),
  },
  deadletters: {
    summary: 'list, retry or delete messages that were set aside after too many tries',
    verbs: {
      list: () => import('./commands/deadletters/list.ts'),
      redrive: () => import('./commands/deadletters/redrive.ts'),
      drop: () => import('./commands/deadletters/drop.ts'),
    },
  },
  backup: {
    summary: 'copy the data of this machine into one file; works while Tocsin runs',
    load: () => import('./commands/backup.ts'),
  },
  restore: {
    summary: 'restore a backup into a data folder that is not in use',
    load: () => import('./commands/restore.ts'),
  },
  doctor: {
    summary: 'check that everything works; exit code 1 when something needs attention',
    load: () => import('./commands/doctor.ts'),
  },
};
