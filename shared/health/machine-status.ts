// How one machine's Tocsin runs, as the process itself knows it; `GET /v1/machine` shows it. On AWS its alarms say the same.

/** What decides whether work may be expected of a machine; costs next to nothing to find out. */
export interface Readiness {
  /** `offline`: nothing runs, the data folder was opened to answer a question. `once`: `start --once`, without a schedule. */
  readonly state: 'offline' | 'starting' | 'running' | 'once' | 'stopping';
  /** Seconds since the start, by the monotonic clock. */
  readonly upSeconds: number;
  readonly schedule: LastRun;
  readonly sweep: LastRun;
  readonly queues: readonly QueueProgress[];
  readonly database: {
    readonly isRestarting: boolean;
    readonly restarts: number;
    readonly lastRestartAt: string | null;
  };
}

export interface MachineStatus extends Readiness {
  /** The machine's clock; RFC 3339, as all instants here. */
  readonly time: string;
  readonly version: string;
  readonly startedAt: string;
  readonly queues: readonly QueueStatus[];
  readonly deadLetters: number;
  /** Of the disk that holds the data folder; null where it cannot be read. */
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null;
  /** The last time the clock was set, or stood still while the machine slept; null when that did not happen since the start. */
  readonly clockJump: { readonly at: string; readonly seconds: number } | null;
  /** What other parts of this machine reported and has not ended: `mail server`, `log`. */
  readonly problems: readonly MachineProblem[];
}

/** The last run of a schedule that ended without an error. Null before the first. */
export interface LastRun {
  readonly at: string | null;
  readonly secondsAgo: number | null;
}

export interface QueueProgress {
  readonly name: string;
  /** For how long the message that has waited longest has been ready; 0 when none waits. */
  readonly waitingSeconds: number;
  /** Seconds since a message of the queue was last finished, or since the start. */
  readonly idleSeconds: number;
}

export interface QueueStatus extends QueueProgress {
  /** Messages in the queue, those in progress included. */
  readonly depth: number;
}

export interface MachineProblem {
  readonly what: string;
  readonly says: string;
  readonly since: string;
}
