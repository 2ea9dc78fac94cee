// For Jest: runs the test files in the order in which MUTATION_ORDER names them, the cheapest first.
import { readFileSync } from 'node:fs';

export default class InOrder {
  sort(tests) {
    const order = JSON.parse(readFileSync(process.env.MUTATION_ORDER, 'utf8'));
    return tests.toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
  }
  allFailedTests(tests) {
    return tests;
  }
  cacheResults() {}
  shard(tests) {
    return tests;
  }
}
