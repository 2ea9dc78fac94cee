// What gives handlers their events as Lambda would, and what a batch's handler answers.

export interface BatchResult {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface EventSource {
  /** True while work is under way or waiting that needs no time to pass. */
  busy(): boolean;
  /** Takes no new work, waits for what is under way. */
  stop(): Promise<void>;
}
