// Structured logs and metrics by Powertools, behind our ports. On Lambda they go to stdout; on one machine to a log file.
import { Console } from 'node:console';
import { channel } from 'node:diagnostics_channel';
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

/** The diagnostics channel on which every `Measured` is published; a home without CloudWatch listens there. */
export const MEASURED = 'tocsin.measured';

let sharedConsole: Console | undefined;

/**
 * Sends every log line and metric of this process to a stream instead of stdout; for one machine, before a handler is called.
 */
export function sendLogsTo(stream: Writable): void {
  sharedConsole = new Console({ stdout: stream, stderr: stream });
}

export interface Telemetry {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Puts the request id on every line of this invocation; returns what must be called at its end to write the metrics out. */
  begin(context: Context | undefined): () => void;
}

/** One per function, made at its first use. `service` is the function's name, the one dimension of its metrics. */
export function createTelemetry(service: string): Telemetry {
  const measured = channel(MEASURED);
  const logger = new Logger({ serviceName: service });
  // Its own remarks are lines of the log too.
  const metrics = new PowertoolsMetrics({ namespace: METRIC_NAMESPACE, serviceName: service, logger });
  // Neither has an option for its stream; their console is a plain field.
  if (sharedConsole !== undefined)
    for (const each of [logger, metrics]) Object.assign(each, { console: sharedConsole });
  const line =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: Record<string, unknown> = {}): void =>
      logger[level](message, withoutSurprises(fields));
  return {
    log: { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') },
    metrics: {
      put: (name, unit, value, channel) => {
        metrics.addMetric(name, unit, value);
        measured.publish({ name, value, ...(channel && { channel }) } satisfies Measured);
      },
    },
    begin: (context) => {
      if (context !== undefined) logger.addContext(context);
      return () => {
        if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
      };
    },
  };
}

/** What a library or Node itself says, as a line of the log; dropped where no stream for the log is set. */
export function logStray(text: string): void {
  if (sharedConsole !== undefined) createTelemetry('library').log.warn(text);
}

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
