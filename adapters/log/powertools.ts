// Structured logs and metrics by Powertools, behind our ports. On Lambda they go to stdout; on one machine logs go to a file.
import { Console } from 'node:console';
import type { Writable } from 'node:stream';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics as PowertoolsMetrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { METRIC_NAMESPACE } from '../../shared/core/metrics.ts';
import type { Log, Metrics } from '../../shared/ports.ts';

/** A value that a handler measured. */
export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly channel?: string;
}

export interface TelemetryOptions {
  /** Name of the stack that the function belongs to: the other dimension of its metrics. */
  readonly stack?: string;
  /** Where lines go in place of stdout. */
  readonly stream?: Writable;
  /** Gets each value that is measured, in place of CloudWatch, which reads them from the lines of the log. */
  readonly onMeasured?: (measured: Measured) => void;
}

export interface Telemetry {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Puts the request id on every line of this invocation; returns what must be called at its end to write the metrics out. */
  begin(context: Context | undefined): () => void;
}

/** One per function. `service` is the function's name, a dimension of its metrics. */
export function createTelemetry(service: string, { stack, stream, onMeasured }: TelemetryOptions = {}): Telemetry {
  const logger = new Logger({ serviceName: service });
  if (stream !== undefined) writeTo(stream, logger);
  const { put, end } =
    onMeasured === undefined ? embeddedMetrics(service, stack, logger, stream) : metricsFor(onMeasured);
  const line =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Record<string, unknown> = {}): void =>
      logger[level](message, withoutSurprises(fields));
  return {
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    metrics: { put },
    begin: (context) => {
      if (context !== undefined) logger.addContext(context);
      return end;
    },
  };
}

interface MetricsSink extends Metrics {
  /** At the end of an invocation. */
  end(): void;
}

/** CloudWatch's embedded metric format: lines of the log. */
function embeddedMetrics(
  service: string,
  stack: string | undefined,
  logger: Logger,
  stream: Writable | undefined,
): MetricsSink {
  // Its own remarks are lines of the log too.
  const metrics = new PowertoolsMetrics({
    namespace: METRIC_NAMESPACE,
    serviceName: service,
    ...(stack === undefined ? {} : { defaultDimensions: { stack } }),
    logger,
  });
  if (stream !== undefined) writeTo(stream, metrics);
  return {
    put: (name, unit, value) => metrics.addMetric(name, unit, value),
    end: () => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}

const metricsFor = (onMeasured: (measured: Measured) => void): MetricsSink => ({
  put: (name, _unit, value, channel) => onMeasured({ name, value, ...(channel && { channel }) }),
  end: () => {},
});

/** Neither the logger nor the metrics have an option for their stream; their console is a plain field. */
const writeTo = (stream: Writable, target: Logger | PowertoolsMetrics): void =>
  void Object.assign(target, { console: new Console({ stdout: stream, stderr: stream }) });

/** Errors become code, message and cause's message: no stack of a vendor's error, which may quote a request. */
function withoutSurprises(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, describe(value)]));
}

function describe(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const code = 'code' in value ? value.code : undefined;
  return {
    name: value.name,
    ...(code === undefined ? {} : { code }),
    message: value.message,
    ...(value.cause instanceof Error ? { cause: `${value.cause.name}: ${value.cause.message}` } : {}),
  };
}
