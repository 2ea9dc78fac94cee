// /v1/outputs: matches as feeds for other programs.
import { type OutputForm, outputPath, publishedOutputSchema } from '../../model/output.ts';
import { pageSchemaOf } from '../../model/page.ts';
import {
  addOutput as add,
  changeOutput as change,
  existingOutput,
  type OpenedOutput,
  removeOutput as remove,
  renewOutput as renew,
} from '../../usecases/managing/outputs.ts';
import { NO_CONTENT, ok, pageAsked, pageOfList, shownPage } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { outputPath as path } from '../path-ids.ts';
import { route } from '../route.ts';
import { openedOutputSchema, outputRequestSchema, pageQuery } from '../schemas.ts';
import { showOutput } from '../views.ts';

export const listOutputs = route({
  summary: 'Matches as feeds for other programs',
  query: pageQuery,
  answers: { 200: pageSchemaOf(publishedOutputSchema) },
  handle: async ({ query }, { outputs }: ApiPorts) =>
    ok(shownPage(pageOfList(await outputs.listOutputs(), pageAsked(query)), showOutput)),
});

export const addOutput = route({
  summary: 'Offer matches as a feed, under a secret address that is shown this once',
  body: outputRequestSchema,
  answers: { 201: openedOutputSchema },
  refusals: ['invalid_output'],
  handle: async ({ body }, ports: ApiPorts) => ({
    status: 201 as const,
    body: withAddresses(await add(ports, body), ports),
  }),
});

export const getOutput = route({
  summary: 'One output, and when it was last read',
  path,
  answers: { 200: publishedOutputSchema },
  handle: async ({ path: { id } }, ports: ApiPorts) => ok(showOutput(await existingOutput(ports, id))),
});

export const changeOutput = route({
  summary: 'Change what an output shows; its address stays. What is absent stays, and null ends a filter',
  path,
  body: outputRequestSchema,
  answers: { 200: publishedOutputSchema },
  refusals: ['invalid_output'],
  handle: async ({ path: { id }, body }, ports: ApiPorts) => ok(showOutput(await change(ports, id, body))),
});

export const renewOutput = route({
  summary: 'Give an output another address; the one before opens nothing any more',
  path,
  answers: { 200: openedOutputSchema },
  handle: async ({ path: { id } }, ports: ApiPorts) => ok(withAddresses(await renew(ports, id), ports)),
});

export const removeOutput = route({
  summary: 'End an output; its matches stay',
  path,
  answers: { 204: null },
  handle: async ({ path: { id } }, ports: ApiPorts) => {
    await remove(ports, id);
    return NO_CONTENT;
  },
});

function withAddresses({ output, secret }: OpenedOutput, { publicUrl }: ApiPorts) {
  const addressIn = (form: OutputForm): string =>
    `${(publicUrl() ?? '').replace(/\/+$/, '')}${outputPath(output.id, secret, form)}`;
  return { ...showOutput(output), addresses: { atom: addressIn('atom'), json: addressIn('json') } };
}
