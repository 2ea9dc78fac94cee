import { METRIC_NAMESPACE, METRICS } from '../../../shared/core/metrics.ts';

it('a metric has in CloudWatch the name that it has in the code, with a capital: alarms and dashboards of operators know it', () => {
  const names =
    'FeedsUnchanged FeedsChanged FeedsFailed ItemsNew OldestDueFeedSeconds ArticlesMatched ArticlesUnmatched MatchesStored TopicsSkipped ' +
    'ExtractionsFailed AlertsSent AlertsFailed AlertsSuppressed AlertsRetried OldestPendingAlertSeconds SweepFound RecordsFailed';

  expect(Object.values(METRICS)).toEqual(names.split(' '));
  expect(Object.keys(METRICS)).toEqual(names.split(' ').map((name) => `${name[0]!.toLowerCase()}${name.slice(1)}`));
  expect(METRIC_NAMESPACE).toBe('Tocsin');
});
