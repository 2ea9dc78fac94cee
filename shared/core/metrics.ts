// Names of the metrics, shared by the code that emits them and the alarms that read them. Namespace and unit beside each; on AWS each has the
// dimensions `service`, the function, and `stack`.

export const METRIC_NAMESPACE = 'Tocsin';

export const METRICS = {
  /** Feeds polled whose answer was "not changed". Count. */
  feedsUnchanged: 'FeedsUnchanged',
  feedsChanged: 'FeedsChanged',
  feedsFailed: 'FeedsFailed',
  itemsNew: 'ItemsNew',
  /** Age of the feed that has been due longest, in seconds; 0 when none is late. */
  oldestDueFeedSeconds: 'OldestDueFeedSeconds',
  articlesMatched: 'ArticlesMatched',
  articlesUnmatched: 'ArticlesUnmatched',
  matchesStored: 'MatchesStored',
  /** Topics skipped on a document because their step budget ran out. */
  topicsSkipped: 'TopicsSkipped',
  extractionsFailed: 'ExtractionsFailed',
  alertsSent: 'AlertsSent',
  alertsFailed: 'AlertsFailed',
  alertsSuppressed: 'AlertsSuppressed',
  /** Tries that failed and are followed by another. Count. */
  alertsRetried: 'AlertsRetried',
  /** Age of the oldest alert that has not reached a final state, in seconds. */
  oldestPendingAlertSeconds: 'OldestPendingAlertSeconds',
  /** Matches and deliveries the sweep had to finish; should be 0. */
  sweepFound: 'SweepFound',
  /** Records of a queue or the stream whose work failed, and which are tried again or set aside. Count, zero included. */
  recordsFailed: 'RecordsFailed',
} as const;
