// Lines of the log and metrics, as CloudWatch and people read them.
import { Writable } from 'node:stream';
import { createTelemetry, type Measured, type TelemetryOptions } from '../../../adapters/log/powertools.ts';
import { ConflictError } from '../../../shared/core/errors.ts';
import { aContext } from '../../lambdas/aws-events.ts';

const before = { ...process.env };
beforeEach(() => Object.assign(process.env, { POWERTOOLS_DEV: 'false', AWS_LAMBDA_LOG_LEVEL: 'DEBUG' }));
afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
});

/** The telemetry of a function, and the lines that it wrote so far. */
function telemetryOf(options: Omit<TelemetryOptions, 'stream'> = {}) {
  let text = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += chunk;
      done();
    },
  });
  const lines = () =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return { ...createTelemetry('sweep', { stream, ...options }), lines };
}

describe('a line of the log', () => {
  it.each(['debug', 'info', 'warn', 'error'] as const)('has its level (%s), its function and its fields', (level) => {
    const { log, lines } = telemetryOf();

    log[level]('swept', { matches: 3 });
    log[level]('swept again');

    expect(lines()).toEqual([
      expect.objectContaining({ level: level.toUpperCase(), message: 'swept', service: 'sweep', matches: 3 }),
      expect.objectContaining({ level: level.toUpperCase(), message: 'swept again' }),
    ]);
  });

  it('shows of an error its name, code, message and cause, and nothing that it carries besides', () => {
    const { log, lines } = telemetryOf();
    const cause = Object.assign(new TypeError('the cause'), { request: 'a@b.example' });

    log.error('failed', {
      ours: Object.assign(new ConflictError('it exists', { cause }), { request: 'a@b.example' }),
      theirs: new RangeError('too long', { cause: 'a text' }),
    });

    expect(lines()[0]).toMatchObject({
      ours: { name: 'Error', code: 'conflict', message: 'it exists', cause: 'TypeError: the cause' },
      theirs: { name: 'RangeError', message: 'too long' },
    });
    expect(Object.keys(lines()[0].ours)).toEqual(['name', 'code', 'message', 'cause']);
    expect(Object.keys(lines()[0].theirs)).toEqual(['name', 'message']);
  });

  it('has the id of its request, where there is one', () => {
    const { log, begin, lines } = telemetryOf();

    begin(undefined)();
    log.info('without');
    begin(aContext(1000))();
    log.info('with');

    expect(lines().map(({ message, function_request_id: id }) => [message, id])).toEqual([
      ['without', undefined],
      ['with', 'request-1'],
    ]);
  });
});

describe('a metric', () => {
  it('is a line at the end of the invocation, by its function', () => {
    const { metrics, begin, lines } = telemetryOf();
    const end = begin(undefined);

    metrics.put('AlertsSent', 'Count', 2);
    const meanwhile = lines().length;
    end();
    end();

    expect(meanwhile).toBe(0);
    expect(lines()).toEqual([expect.objectContaining({ service: 'sweep', AlertsSent: 2 })]);
    expect(lines()[0]._aws.CloudWatchMetrics).toEqual([
      { Namespace: 'Tocsin', Dimensions: [['service']], Metrics: [{ Name: 'AlertsSent', Unit: 'Count' }] },
    ]);
  });

  it('is one of its stack, too, where the function has one: two stacks in one account do not add up', () => {
    const { metrics, begin, lines } = telemetryOf({ stack: 'Second' });
    const end = begin(undefined);

    for (const value of [1, 2]) {
      metrics.put('AlertsSent', 'Count', value);
      end();
    }

    expect(lines()).toEqual(
      [1, 2].map((value) => expect.objectContaining({ service: 'sweep', stack: 'Second', AlertsSent: value })),
    );
    expect(lines().map(({ _aws }) => _aws.CloudWatchMetrics[0].Dimensions)).toEqual(
      Array(2).fill([['service', 'stack']]),
    );
  });

  it('goes to whoever measures in place of CloudWatch, with its channel where it has one', () => {
    const measured: Measured[] = [];
    const { metrics, begin, lines } = telemetryOf({ onMeasured: (one) => measured.push(one) });

    metrics.put('AlertsSent', 'Count', 2, 'email');
    metrics.put('SweepFound', 'Count', 0);
    begin(undefined)();

    expect(measured).toEqual([
      { name: 'AlertsSent', value: 2, channel: 'email' },
      { name: 'SweepFound', value: 0 },
    ]);
    expect(lines()).toEqual([]);
  });
});
