// The CDK application: checks what stands under config/, bundles the functions, and makes the one stack.
// `-c stackName=NAME` deploys a second, separate Tocsin beside the first.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readSettings } from '../adapters/files/read-configuration.ts';
import { bundleFunctions } from './bundle.ts';
import { compileConfiguration } from './compile-configuration.ts';
import { TocsinStack } from './tocsin-stack.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const config = process.env['TOCSIN_CONFIG'] ?? join(ROOT, 'config');

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

const settings = await readSettings(config, process.env);
const configuration = await compileConfiguration(config, settings);
// Outside `cdk.out`, which the CDK empties at each synth.
const bundles = join(ROOT, 'node_modules', '.cache', 'tocsin-bundles');
bundleFunctions(bundles, undefined, { configure: { 'configuration.json': configuration } });

new TocsinStack(app, String(app.node.tryGetContext('stackName') ?? 'Tocsin'), { settings, configuration, bundles });
app.synth();
