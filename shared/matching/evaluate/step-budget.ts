// How much work a topic may cost on a document, counted in steps of some tens of nanoseconds each.

/** Topics that may spend all they are allowed on one document; beyond, each gets as small a share. */
const FULL_BUDGETS = 50;

/** Thrown when one topic costs more on one document than it may; the topic is skipped there. */
export class BudgetSpent extends Error {}

export class StepBudget {
  readonly #allowed: number;
  #left: number;
  #spent = 0;
  #spentOnDocument = 0;

  /** `allowed`: steps of one topic on one document. */
  constructor(allowed: number) {
    this.#allowed = allowed;
    this.#left = allowed;
  }

  beginDocument(): void {
    this.#spent = 0;
    this.#spentOnDocument = 0;
  }

  /** Restarts the count. Where many topics were expensive, the rest get a small share. */
  beginTopic(): void {
    this.#spentOnDocument += this.#spent;
    this.#spent = 0;
    const isSpent = this.#spentOnDocument > FULL_BUDGETS * this.#allowed;
    this.#left = isSpent ? this.#allowed / FULL_BUDGETS : this.#allowed;
  }

  /** Throws BudgetSpent. */
  spend(steps: number): void {
    this.#spent += steps;
    if (this.#spent > this.#left) throw new BudgetSpent();
  }
}
