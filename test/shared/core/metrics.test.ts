import { METRIC_NAMESPACE, METRICS } from '../../../shared/core/metrics.ts';

it('a metric has in CloudWatch the name that it has in the code, with a capital: alarms and dashboards of operators know it', () => {
  const expected = Object.keys(METRICS).map((name) => `${name[0]!.toUpperCase()}${name.slice(1)}`);

  expect(Object.values(METRICS)).toEqual(expected);
  expect(METRIC_NAMESPACE).toBe('Tocsin');
});
