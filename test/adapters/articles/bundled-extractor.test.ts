import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { createArticleExtractor } from '../../../adapters/articles/extractor.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

describe('the article extractor in a bundle', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-bundle-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds its worker beside itself and loads no DOM into the function', async () => {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints: [
        { in: 'adapters/articles/extractor.ts', out: 'index' },
        { in: 'adapters/articles/extraction-worker.ts', out: 'extraction-worker' },
      ],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      mainFields: ['module', 'main'],
      metafile: true,
      banner: { js: "import{createRequire as own}from'node:module';const require=own(import.meta.url);" },
    });
    const bundled = (await import(pathToFileURL(join(folder, 'index.mjs')).href)) as {
      createArticleExtractor: typeof createArticleExtractor;
    };
    const { extract, close } = bundled.createArticleExtractor();
    const text = 'The harbour was closed on Monday after a ship ran aground, the port authority said.';

    const extraction = await extract(`<article><p>${text}</p><p>${text}</p></article>`, 'https://news.example.org/a');
    await close();

    expect(extraction).toMatchObject({ ok: true, text: `${text}\n\n${text}` });
    const ofFunction = Object.entries(metafile.outputs).filter(([file]) => file.endsWith('index.mjs'));
    expect(ofFunction.map(([, { bytes }]) => bytes < 20_000)).toEqual([true]);
  });
});
