// The matcher on 500-word documents with 1,000 and 10,000 topics: raw text in, passages out. Against Lucene Monitor
// (bench/lucene, built here with Maven) and against one regular expression per topic, on the same topics and documents,
// in turns, and with the same matches. Rates are per second of processor time, so other work on the machine matters little.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { runFeedWords } from './matching-feed-words.ts';
import { type Material, makeMaterial, type Query, toTopic } from './matching-material.ts';
import { toRegularExpression } from './matching-regular-expressions.ts';
import { heading, median, note, tell } from './report.ts';

const SIZES = [
  { topics: 1_000, documents: 1_000, least: 4_000 },
  { topics: 10_000, documents: 400, least: 400 },
] as const;
const PASSES = 7;
/** Regular expressions are so slow that some documents say enough; their time grows in step with the topics. */
const DOCUMENTS_FOR_EXPRESSIONS = 8;
/** The peer for the Java found here: version 10 of Lucene needs Java 21. */
const LUCENE_10 = { version: '10.3.0', java: 21 } as const;
const MONITOR = fileURLToPath(new URL('lucene', import.meta.url));
const SIDE = fileURLToPath(new URL('matching-side.ts', import.meta.url));
const MATCHER = fileURLToPath(new URL('../shared/matching/topic-matcher.ts', import.meta.url));

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-matching-'));
  try {
    const monitor = buildMonitor(folder);
    const perDocument: number[] = [];
    for (const size of SIZES) perDocument.push(await compare(size, folder, monitor));
    heading('The engine');
    tell('time per document, 10,000 topics against 1,000', perDocument[1]! / perDocument[0]!, 'times', { most: 6 });
    tell('bundle with all languages, gzipped', (await bundleBytes()) / 1_024, 'KB', { most: 120 });
    await runFeedWords();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns Tocsin's best time for one document, milliseconds. */
async function compare(size: (typeof SIZES)[number], folder: string, monitor: Monitor | null): Promise<number> {
  const material = makeMaterial(size.documents, size.topics);
  const paths = writeMaterial(material, folder);
  heading(`${size.topics.toLocaleString('en')} topics, ${size.documents} documents of 500 words`);
  const tocsin = await Side.start(process.execPath, [SIDE, paths.topics, paths.documents]);
  const peer =
    monitor === null ? null : await Side.start(monitor.java, [...monitor.arguments, paths.queries, paths.texts]);
  const [ours, theirs]: [Pass[], Pass[]] = [[], []];
  for (let pass = 0; pass < PASSES; pass++) {
    ours.push(await tocsin.pass());
    if (peer !== null) theirs.push(await peer.pass());
  }
  const perSecond = ({ nanoseconds }: Pass) => (size.documents * 1e9) / nanoseconds;
  const ourRates = ours.slice(1).map(perSecond);
  const best = Math.max(...ourRates);
  tell('Tocsin, topics compiled (fresh process)', tocsin.compileMs, 'ms', size.topics === 1_000 ? { most: 200 } : {});
  tell('Tocsin, memory of the compiled topics', tocsin.megabytes, 'MB');
  tell('Tocsin, memory after all passes', await tocsin.memory(), 'MB');
  tell('Tocsin, first pass', perSecond(ours[0]!), 'docs/s');
  tell('Tocsin, best pass', best, 'docs/s', { least: size.least });
  tell('Tocsin, median pass', median(ourRates), 'docs/s');
  tell('Tocsin, 99 of 100 documents done in', ours.at(-1)!.p99!, 'ms', size.topics === 1_000 ? { most: 5 } : {});
  tell('matches per document', ours[0]!.matches / size.documents, '');
  const ids = await tocsin.ids();
  if (peer !== null && monitor !== null) {
    const theirRates = theirs.slice(1).map(perSecond);
    tell(`${monitor.name}, topics registered`, peer.compileMs, 'ms');
    tell(`${monitor.name}, memory`, await peer.memory(), 'MB');
    tell(`${monitor.name}, first pass`, perSecond(theirs[0]!), 'docs/s');
    tell(`${monitor.name}, best pass`, Math.max(...theirRates), 'docs/s');
    tell(`${monitor.name}, median pass`, median(theirRates), 'docs/s');
    tell('ratio of the best passes', best / Math.max(...theirRates), 'times', { least: 5 });
    tell('ratio of the median passes', median(ourRates) / median(theirRates), 'times', { least: 5 });
    compareIds(ids, await peer.ids(), monitor.name, material.queries);
  }
  if (size.topics === 1_000) runRegularExpressions(material, ids, best);
  tocsin.stop();
  peer?.stop();
  return 1_000 / best;
}

function writeMaterial({ documents, queries }: Material, folder: string) {
  const paths = Object.fromEntries(
    ['topics', 'documents', 'queries', 'texts'].map((name) => [name, join(folder, name)] as const),
  ) as Record<'topics' | 'documents' | 'queries' | 'texts', string>;
  const write = (path: string, lines: readonly string[]) =>
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  write(
    paths.topics,
    queries.map((query, index) => JSON.stringify(toTopic(query, index))),
  );
  write(
    paths.documents,
    documents.map(({ document }) => JSON.stringify(document)),
  );
  write(paths.queries, queries.map(toPrefixForm));
  write(
    paths.texts,
    documents.map(({ document, paragraphs }) => [document.title, ...paragraphs].join('\u001f')),
  );
  return paths;
}

/** What bench/lucene reads: `(near 8 (any a b) (any c d))`. */
function toPrefixForm(query: Query): string {
  switch (query.kind) {
    case 'any':
    case 'adjacent':
      return `(${query.kind} ${query.lemmas.join(' ')})`;
    case 'prefix':
      return `(prefix ${query.letters})`;
    case 'near':
      return `(near ${query.gap} ${toPrefixForm(query.left)} ${toPrefixForm(query.right)})`;
    default:
      return `(${query.kind} ${toPrefixForm(query.left)} ${toPrefixForm(query.right)})`;
  }
}

type Ids = readonly ReadonlySet<string>[];

function compareIds(ours: Ids, theirs: Ids, name: string, queries: readonly Query[]): void {
  const only = (left: Ids, right: Ids) =>
    left.flatMap((ids, index) =>
      [...ids].filter((id) => right[index]?.has(id) === false).map((id) => [index, id] as const),
    );
  const same = ours.reduce((sum, ids, index) => sum + [...ids].filter((id) => theirs[index]?.has(id)).length, 0);
  const [onlyOurs, onlyTheirs] = [only(ours.slice(0, theirs.length), theirs), only(theirs, ours)];
  note(`matches in common with ${name}: ${same}; only Tocsin: ${onlyOurs.length}; only ${name}: ${onlyTheirs.length}`);
  for (const [document, id] of [...onlyOurs.slice(0, 3), ...onlyTheirs.slice(0, 3)]) {
    note(`  document ${document}, topic ${id}: ${toPrefixForm(queries[Number(id)]!)}`);
  }
}

function runRegularExpressions({ documents, queries }: Material, ids: Ids, ourRate: number): void {
  const expressions = queries.map(toRegularExpression);
  const sample = documents.slice(0, DOCUMENTS_FOR_EXPRESSIONS);
  const began = performance.now();
  const found = sample.map(({ document }) => {
    const text = `${document.title}\n\n${document.text}`;
    return new Set(expressions.flatMap((expression, index) => (expression.test(text) ? [String(index)] : [])));
  });
  const rate = (sample.length * 1_000) / (performance.now() - began);
  tell('one regular expression per topic', rate, 'docs/s');
  tell('ratio to regular expressions', ourRate / rate, 'times');
  compareIds(ids, found, 'regular expressions', queries);
}

interface Pass {
  readonly nanoseconds: number;
  readonly matches: number;
  /** Milliseconds in which 99 of 100 documents are done; Tocsin only. */
  readonly p99?: number;
}

/** An engine in a process of its own that works only when asked. */
class Side {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  compileMs = 0;
  megabytes = 0;

  private constructor(child: ChildProcess, lines: Interface) {
    this.#child = child;
    this.#lines = lines[Symbol.asyncIterator]();
  }

  static async start(program: string, args: readonly string[]): Promise<Side> {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const side = new Side(child, createInterface({ input: child.stdout! }));
    [side.compileMs, side.megabytes] = (await side.#read('ready')).map(Number) as [number, number];
    return side;
  }

  async pass(): Promise<Pass> {
    const [nanoseconds, matches, p99] = (await this.#ask('pass')).map(Number) as [number, number, number];
    return { nanoseconds, matches, p99 };
  }

  async ids(): Promise<Ids> {
    const [ids = ''] = await this.#ask('ids');
    return ids.split(';').map((each) => new Set(each === '' ? [] : each.split(',')));
  }

  async memory(): Promise<number> {
    return Number((await this.#ask('memory'))[0]);
  }

  stop(): void {
    this.#child.stdin!.end('stop\n');
  }

  #ask(question: string): Promise<string[]> {
    this.#child.stdin!.write(`${question}\n`);
    return this.#read(question);
  }

  async #read(question: string): Promise<string[]> {
    const { value, done } = await this.#lines.next();
    const [word, ...answer] = done === true ? [] : value.split(' ');
    if (word !== question) throw new Error(`asked for ${question}, heard ${word ?? 'nothing'}`);
    return answer;
  }
}

interface Monitor {
  readonly name: string;
  readonly java: string;
  readonly arguments: readonly string[];
}

/** Null, with a line that says so, where there is no Maven or Java. */
function buildMonitor(folder: string): Monitor | null {
  const java = process.env['JAVA_HOME'] === undefined ? 'java' : join(process.env['JAVA_HOME'], 'bin', 'java');
  const version = /version "(\d+)/.exec(spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr ?? '')?.[1];
  if (version === undefined || spawnSync('mvn', ['-v']).status !== 0) {
    note('Lucene Monitor is left out: java and mvn are needed to build it.');
    return null;
  }
  const isNew = Number(version) >= LUCENE_10.java;
  const target = join(folder, 'lucene');
  const options = isNew ? [`-Dlucene.version=${LUCENE_10.version}`, `-Dmaven.compiler.release=${LUCENE_10.java}`] : [];
  const built = spawnSync('mvn', ['-q', '-B', 'package', `-Dfolder=${target}`, ...options], {
    cwd: MONITOR,
    encoding: 'utf8',
  });
  if (built.status !== 0) {
    note(`Lucene Monitor is left out: it could not be built. ${built.stdout.split('\n')[0]}`);
    return null;
  }
  const jars = `${join(target, 'classes')}:${join(target, 'lib', '*')}`;
  const settings = ['-Xmx2g', '-XX:+UseSerialGC', '-cp', jars, 'dev.tocsin.bench.MonitorSide'];
  return { name: `Lucene Monitor ${isNew ? LUCENE_10.version.split('.')[0] : 9}`, java, arguments: settings };
}

async function bundleBytes(): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [MATCHER],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}
