// Outputs for the programs that read them. The secret in the address is the authority.
import type { Telemetry } from '../adapters/log/powertools.ts';
import { createOutputFeeds, type OutputFeedPorts } from '../shared/api/output-feeds.ts';
import { createHttpHandler, type HttpHandler } from './http-event.ts';

export type OutputFeedsDependencies = Telemetry & OutputFeedPorts;

export const createHandler = (dependencies: OutputFeedsDependencies): HttpHandler =>
  createHttpHandler(createOutputFeeds(dependencies), dependencies);
