// Run as a process of its own, so that the builder's memory is given back: builds web/ and prints the script and the style sheet as JSON.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const WEB = fileURLToPath(new URL('../../web/', import.meta.url));

const { outputFiles } = await build({
  entryPoints: [`${WEB}main.ts`, `${WEB}style.css`],
  outdir: WEB,
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2023',
  legalComments: 'none',
  logLevel: 'error',
});
const textOf = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
process.stdout.write(JSON.stringify({ script: textOf('.js'), style: textOf('.css') }));
