// One engine under measurement, in a process of its own: `node bench/matching-side.ts TOPICS.jsonl DOCUMENTS.jsonl`.
// Says `ready` with the milliseconds and megabytes of the compiled topics; then answers each line `pass` with the
// nanoseconds of one pass over all documents and each line `ids` with what matched. Times are of the processor, of all
// threads together. bench/lucene speaks the same way.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compileTopics } from '../shared/matching/topic-matcher.ts';
import type { MatchableDocument } from '../shared/model/article.ts';
import type { Topic } from '../shared/model/topic.ts';
import { quantile } from './report.ts';

const [topicsPath, documentsPath] = process.argv.slice(2) as [string, string];
const readLines = <Value>(path: string): Value[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Value);
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const heapMegabytes = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
};

const documents = readLines<MatchableDocument>(documentsPath);
const topics = readLines<Topic>(topicsPath);
const before = heapMegabytes();
const began = process.cpuUsage();
const matcher = compileTopics(topics);
const spent = process.cpuUsage(began);
const compileMs = (spent.user + spent.system) / 1_000;
const megabytes = heapMegabytes() - before;
/** Milliseconds that each document took when it was read fastest. */
const fastest = documents.map(() => Number.POSITIVE_INFINITY);
for (const { topicId, message } of matcher.problems) console.error(`${topicId}: ${message}`);
console.log(`ready ${compileMs} ${megabytes}`);
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'pass') {
    const before = process.cpuUsage();
    let found = 0;
    documents.forEach((document, index) => {
      const from = performance.now();
      found += matcher.match(document).length;
      fastest[index] = Math.min(fastest[index]!, performance.now() - from);
    });
    const { user, system } = process.cpuUsage(before);
    console.log(`pass ${(user + system) * 1_000} ${found} ${quantile(fastest, 0.99)}`);
  } else if (line === 'ids') {
    const ids = documents.map((document) =>
      matcher.match(document).map(({ topicId }) => topicId.slice('topic-'.length)),
    );
    console.log(`ids ${ids.map((each) => each.join(',')).join(';')}`);
  } else if (line === 'memory') {
    console.log(`memory ${heapMegabytes() - before}`);
  } else break;
}
