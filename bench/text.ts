// Text: words stemmed a second in each language, sentences a second, and the size of shared/text in a bundle.

import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { splitSentences } from '../shared/text/sentences.ts';
import { stemWord } from '../shared/text/stemming.ts';
import { heading, median, note, tell } from './report.ts';

const ROUNDS = 9;
const WORDS_A_ROUND = 20_000;
/** The engine and all languages, gzipped. */
const MOST_KILOBYTES = 120;

/** Sentences of each language; a topic engine stems each different word once, so rates matter little. */
const SAMPLES: Readonly<Record<string, string>> = {
  en: 'The defence ministries agreed that withdrawn brigades were redeploying artillery while negotiators discussed ceasefires.',
  fr: 'Les ministres ont accepté que les troupes envoyées soient retirées pendant que les négociations reprennent.',
  es: 'Los ministros acordaron que las tropas desplegadas se retirasen mientras continuaban las negociaciones.',
  de: 'Die Minister vereinbarten, dass abgezogene Truppen zurückkehren, während die Verhandlungen weitergeführt werden.',
  it: 'I ministri hanno deciso che le truppe inviate siano ritirate mentre i negoziati proseguivano.',
  pt: 'Os ministros decidiram que as tropas enviadas fossem retiradas enquanto as negociações continuavam.',
  ru: 'Министры договорились о том, что переброшенные войска будут выведены, пока продолжаются переговоры.',
  uk: 'Міністри домовилися, що перекинуті війська буде виведено, поки тривають перемовини.',
  pl: 'Ministrowie uzgodnili, że wysłane wojska zostaną wycofane, gdy trwają rozmowy pokojowe.',
  tr: 'Bakanlar, gönderilen birliklerin geri çekilmesini ve görüşmelerin sürdürülmesini kararlaştırdılar.',
  ar: 'اتفق الوزراء على سحب القوات المرسلة بينما تتواصل المفاوضات حول الهدنة.',
};

export async function run(): Promise<void> {
  heading('Text');
  note(`one sentence a language, ${WORDS_A_ROUND} words a round, median of ${ROUNDS} rounds; nothing is remembered`);
  for (const [language, sample] of Object.entries(SAMPLES)) {
    const words = sample.split(/[\s.,]+/).filter((word) => word !== '');
    const stemAll = () => {
      for (let done = 0; done < WORDS_A_ROUND; done++) stemWord(words[done % words.length]!, language);
    };
    tell(`words stemmed, ${language}`, WORDS_A_ROUND / secondsOf(stemAll), '/s');
  }
  const text = `${Object.values(SAMPLES).join(' ')} `.repeat(20);
  const count = splitSentences(text).length;
  tell('sentences', count / secondsOf(() => splitSentences(text)), '/s');
  tell('stemming and folding, minified, gzip', await kilobytesOf('text/stemming.ts'), 'KB');
  const engine = await kilobytesOf('matching/topic-matcher.ts');
  tell('the matching engine with all languages, minified, gzip', engine, 'KB', { most: MOST_KILOBYTES });
}

function secondsOf(work: () => unknown): number {
  const seconds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1000;
  });
  return median(seconds);
}

/** Size of a module of shared/ with all it needs. */
async function kilobytesOf(path: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../shared/${path}`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    charset: 'utf8',
    write: false,
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000;
}
