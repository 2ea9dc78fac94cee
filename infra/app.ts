// The CDK application: checks what stands under config/, bundles the functions, and makes the one stack.
// `-c stackName=NAME` deploys a second, separate Tocsin beside the first.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parse } from 'yaml';
import { parseSettings } from '../shared/settings.ts';
import { bundleFunctions } from './bundle.ts';
import { compileConfiguration } from './compile-configuration.ts';
import { TocsinStack } from './tocsin-stack.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const config = process.env['TOCSIN_CONFIG'] ?? join(ROOT, 'config');

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const settings = parseSettings(parse(readFileSync(join(config, 'tocsin.yaml'), 'utf8')), {
  TOCSIN_ALLOW_HOSTS: process.env['TOCSIN_ALLOW_HOSTS'],
});
const configuration = compileConfiguration(config);
// Outside `cdk.out`, which the CDK empties at each synth.
const bundles = join(ROOT, 'node_modules', '.cache', 'tocsin-bundles');
bundleFunctions(bundles, undefined, { configure: { 'configuration.json': configuration } });

new TocsinStack(app, String(app.node.tryGetContext('stackName') ?? 'Tocsin'), { settings, configuration, bundles });
app.synth();
