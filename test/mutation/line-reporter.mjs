// For Jest: a line in MUTATION_REPORT for each test file. Jest's own JSON report is not written when a run stops at its first failure.
import { appendFileSync } from 'node:fs';

export default class LineReporter {
  #cpuUs = used();

  onTestResult({ path }, { numFailingTests, failureMessage, perfStats }) {
    const cpuMs = (used() - this.#cpuUs) / 1000;
    this.#cpuUs = used();
    const wallMs = perfStats.end - perfStats.start;
    const failed = numFailingTests > 0 || Boolean(failureMessage);
    appendFileSync(process.env.MUTATION_REPORT, `${JSON.stringify({ path, failed, cpuMs, wallMs })}\n`);
  }
}

function used() {
  const { user, system } = process.cpuUsage();
  return user + system;
}
