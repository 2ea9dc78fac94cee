// The one door for settings: config/tocsin.yaml (as parsed YAML) and the few environment variables that override it.
// `parseSettings` reports all problems together; below the entry points, values arrive as arguments.

export interface Settings {
  /** URL or mailto address publishers may turn to; part of the User-Agent. */
  readonly contact: string;
  readonly poll: {
    /** Floor and default of the interval, minutes. */
    readonly everyMinutes: number;
    /** Slowest adaptive interval, minutes. */
    readonly slowestMinutes: number;
    /** Feeds polled at once by one function. */
    readonly concurrency: number;
  };
  readonly fetch: {
    /** Exactly these HOST:PORT pairs may be private or use another port. */
    readonly allowHosts: readonly string[];
  };
  readonly retention: { readonly matchDays: number; readonly deliveryDays: number };
  readonly alerts: {
    /** Items older than this at a feed's first poll are stored, and nobody is alerted. */
    readonly firstPollMaxAgeHours: number;
    /** Single alerts to one subscriber in ten minutes; what is over comes as one digest. */
    readonly maxSinglePerTenMinutes: number;
  };
  readonly mail: {
    /** Verified sender; null on AWS means that only SNS e-mail is offered. */
    readonly from: string | null;
    readonly replyTo: string | null;
    /** IANA zone in which mails show times. */
    readonly timeZone: string;
  };
  readonly aws: {
    readonly deletionProtection: boolean;
    readonly logRetentionDays: number;
    /** Address told of alarms through the operations topic; null for none. */
    readonly operationsEmail: string | null;
  };
}
