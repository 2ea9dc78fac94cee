// The template that the stack makes, and what its functions may do, for tests.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { FUNCTION_NAMES } from '../../infra/bundle.ts';
import { TocsinStack } from '../../infra/tocsin-stack.ts';
import { defaultSettings, type Settings } from '../../shared/model/settings.ts';

export interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

export interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const FIRST_SYNTH_MS = 120_000;

export type TemplateOf = (change?: Partial<Settings>, configuration?: string) => Template;

/** Call it at the top of a test file. Each template is made once: a synth takes a third of a second. */
export function useTemplates(): TemplateOf {
  const newStack = useStacks();
  const made = new Map<string, Template>();
  const templateOf: TemplateOf = (change = {}, configuration = '{}') => {
    const key = JSON.stringify([change, configuration]);
    const template = made.get(key) ?? Template.fromStack(newStack(change, configuration));
    made.set(key, template);
    return template;
  };
  // The first synth loads most of the CDK.
  beforeAll(() => {
    templateOf();
  }, FIRST_SYNTH_MS);
  return templateOf;
}

/** Call it at the top of a test file; for what a template does not tell. */
export function useStacks(): (change?: Partial<Settings>, configuration?: string, props?: StackProps) => TocsinStack {
  let bundles: string;
  const newStack = (change: Partial<Settings> = {}, configuration = '{}', props: StackProps = {}): TocsinStack => {
    const app = new App({
      context: { 'aws:cdk:bundling-stacks': [] },
      // It takes seconds, and no test reads its report. `npm run synth` fails on what it finds.
      builtinCloudFormationValidation: false,
    });
    const settings = { ...defaultSettings, ...change };
    return new TocsinStack(app, 'Tocsin', { ...props, settings, configuration, bundles });
  };
  beforeAll(() => {
    bundles = mkdtempSync(join(tmpdir(), 'tocsin-bundles-'));
    for (const name of FUNCTION_NAMES) {
      mkdirSync(join(bundles, name));
      writeFileSync(join(bundles, name, 'index.mjs'), 'export const handler = async () => {};');
    }
  });
  afterAll(() => rmSync(bundles, { recursive: true, force: true }));
  return newStack;
}

export const allResources = (template: Template): Record<string, Resource> =>
  template.toJSON().Resources as Record<string, Resource>;

export const resources = (template: Template, type: string): [string, Resource][] =>
  Object.entries(allResources(template)).filter(([, { Type }]) => Type === type);

/** The properties of the one resource of a type. */
export function onlyOne(template: Template, type: string): Resource['Properties'] {
  const [first, ...others] = resources(template, type);
  if (first === undefined || others.length > 0) throw new Error(`${others.length + 1} resources of type ${type}`);
  return first[1].Properties;
}

export function functionOf(template: Template, name: string): Resource['Properties'] {
  const [, fn] =
    resources(template, 'AWS::Lambda::Function').find(
      ([, { Properties }]) => functionName(template, Properties) === name,
    ) ?? [];
  if (fn === undefined) throw new Error(`no function ${name} in the template`);
  return fn.Properties;
}

const roleIdOf = (properties: Record<string, unknown>): string =>
  (properties['Role'] as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];

/** A function's name, which the description of its role holds. */
export function functionName(template: Template, properties: Record<string, unknown>): string {
  const role = allResources(template)[roleIdOf(properties)];
  return String(role?.Properties['Description'] ?? '').replace('Tocsin ', '');
}

/** Everything that the role of a function may do. */
export function statementsOf(template: Template, name: string): Statement[] {
  const roleId = roleIdOf(functionOf(template, name));
  return resources(template, 'AWS::IAM::Policy')
    .filter(([, { Properties }]) => JSON.stringify(Properties['Roles']).includes(`"${roleId}"`))
    .flatMap(([, { Properties }]) => (Properties['PolicyDocument'] as { Statement: Statement[] }).Statement);
}

export const actionsOf = (template: Template, name: string): string[] =>
  statementsOf(template, name).flatMap(({ Action }) => Action);

/** Environment variables of a function. */
export const variablesOf = (template: Template, name: string): Record<string, unknown> =>
  (functionOf(template, name)['Environment'] as { Variables: Record<string, unknown> }).Variables;
