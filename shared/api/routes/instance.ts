// The instance itself: its status and its API.
import * as z from 'zod/mini';
import { instanceFindings } from '../../health/instance-findings.ts';
import { instanceStatus } from '../../health/instance-status.ts';
import { described } from '../../model/schema.ts';
import { statusSchema } from '../../model/status.ts';
import { ROLES } from '../access.ts';
import { ok } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { matchJsonSchema, storyJsonSchema } from '../json-schema.ts';
import { openApiDocument } from '../openapi.ts';
import { type RouteEntry, route } from '../route.ts';
import { jsonSchemaSchema, openApiSchema } from '../schemas.ts';

export const getMe = route({
  summary: 'Who is asking, and what they may do',
  answers: {
    200: z.strictObject({
      name: described(z.string(), 'Of the token, or what IAM knows the caller by'),
      role: described(
        z.enum(ROLES),
        '`read` sees everything; `analyst` also triages, mutes and subscribes; `admin` does everything',
      ),
    }),
  },
  handle: async (_input, { caller = 'API', role = 'admin' }: ApiPorts) => ok({ name: caller, role }),
});

export const getStatus = route({
  summary: 'Whether this instance is well: feeds, topics, what is due and what fails',
  answers: { 200: statusSchema },
  handle: async (_input, ports: ApiPorts) => ok(await instanceStatus(ports)),
});

const findingSchema = z.strictObject({
  what: described(z.string(), 'What was checked, in a word or two'),
  well: described(z.boolean(), 'False when somebody has to look'),
  says: described(z.string(), 'The result in a sentence'),
});

export const listFindings = route({
  summary: 'What was checked, and what somebody has to look at, as `tocsin doctor` puts it',
  answers: { 200: z.strictObject({ items: z.array(findingSchema) }) },
  handle: async (_input, ports: ApiPorts) => ok({ items: [...instanceFindings(await instanceStatus(ports))] }),
});

export const getMatchSchema = route({
  summary: 'The JSON Schema of a match, as API, events and files show it',
  answers: { 200: jsonSchemaSchema },
  handle: async () => ok(matchJsonSchema()),
});

export const getStorySchema = route({
  summary: 'The JSON Schema of a story, as API and commands show it',
  answers: { 200: jsonSchemaSchema },
  handle: async () => ok(storyJsonSchema()),
});

/** The document of these routes, its own among them. */
export const getOpenApi = (routes: () => readonly Omit<RouteEntry<never>, 'respond'>[]) =>
  route({
    summary: 'This document',
    answers: { 200: openApiSchema },
    handle: async () => ok(openApiDocument(routes())),
  });
