// The OpenAPI document as its readers take it.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import SwaggerParser from '@apidevtools/swagger-parser';
import { MACHINE_ROUTES } from '../../../local/pages/machine-api.ts';
import { openApiDocument } from '../../../shared/api/openapi.ts';
import { ROUTES } from '../../../shared/api/routes.ts';

type Json = Record<string, unknown>;
interface Operation {
  readonly operationId: string;
  readonly description?: string;
  readonly parameters: readonly { readonly name: string; readonly description?: string }[];
  readonly responses: Readonly<Record<string, unknown>>;
}

const OF_MACHINE = [...ROUTES.filter(({ id }) => id !== 'getOpenApi'), ...MACHINE_ROUTES];
const DOCUMENTS = [
  ['of every home', openApiDocument(ROUTES)],
  ['of one machine', openApiDocument(OF_MACHINE)],
] as const;

const operationsOf = (document: Json): readonly Operation[] =>
  Object.values(document['paths'] as Record<string, Record<string, Operation>>).flatMap((item) => Object.values(item));

/** What the strict rules of @redocly/cli find; empty when nothing. */
async function redoclyFindings(document: Json): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(document));
    const cli = join(process.cwd(), 'node_modules/@redocly/cli/bin/cli.js');
    const args = [cli, 'lint', file, '--extends=recommended-strict', '--format=json'];
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env }).catch(
      (error: { stdout: string }) => error,
    );
    const { problems } = JSON.parse(stdout) as { problems: { ruleId: string; message: string }[] };
    return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(DOCUMENTS)('the document %s', (_which, document) => {
  it('has no finding of @redocly/cli', async () => {
    expect(await redoclyFindings(document)).toEqual([]);
  });

  it('is valid for @apidevtools/swagger-parser', async () => {
    await expect(SwaggerParser.validate(structuredClone(document) as never)).resolves.toMatchObject({
      openapi: '3.1.0',
    });
  });

  it('names its servers and its licence', () => {
    expect(document).toMatchObject({ info: { license: { identifier: 'Apache-2.0' } } });
    expect((document['servers'] as Json[]).map(({ url }) => url)).toEqual([
      '/',
      'http://127.0.0.1:{port}',
      'https://{api}.execute-api.{region}.amazonaws.com',
    ]);
  });

  it('lists for each operation what may be refused, and describes each parameter', () => {
    for (const { operationId, parameters, responses } of operationsOf(document)) {
      expect([operationId, Object.keys(responses)]).toEqual([
        operationId,
        expect.arrayContaining(['400', '401', '403']),
      ]);
      expect(parameters.filter(({ description = '' }) => description.length < 10)).toEqual([]);
    }
  });
});

it('a finding of @redocly/cli is seen', async () => {
  const { servers: _, ...without } = openApiDocument(ROUTES);

  expect((await redoclyFindings(without)).join()).toContain('servers');
});
