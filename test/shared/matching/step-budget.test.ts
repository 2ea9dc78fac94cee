// How much work a topic may cost on a document.
import { BudgetSpent, StepBudget } from '../../../shared/matching/evaluate/step-budget.ts';

/** Whether a topic may spend so many steps, one after the other. */
function allows(budget: StepBudget, steps: number): boolean {
  try {
    for (let step = 0; step < steps; step++) budget.spend(1);
    return true;
  } catch (error) {
    if (error instanceof BudgetSpent) return false;
    throw error;
  }
}

describe('a budget of a hundred steps', () => {
  it('is for each topic, and not one step more', () => {
    const budget = new StepBudget(100);
    budget.beginDocument();
    budget.beginTopic();
    expect(allows(budget, 100)).toBe(true);
    budget.beginTopic();
    expect(allows(budget, 101)).toBe(false);
    budget.beginTopic();
    expect(allows(budget, 100)).toBe(true);
  });

  it('holds for one that was not told of a topic', () => {
    expect(allows(new StepBudget(100), 100)).toBe(true);
    expect(allows(new StepBudget(100), 101)).toBe(false);
  });

  it('is whole for the topic after just what fifty may spend, on each document', () => {
    const budget = new StepBudget(100);
    for (const _document of [1, 2]) {
      budget.beginDocument();
      for (let topic = 0; topic < 51; topic++) {
        budget.beginTopic();
        expect(allows(budget, 100)).toBe(true);
      }
      budget.beginTopic();
      expect(allows(budget, 3)).toBe(false);
    }
  });

  it('is a fiftieth for the topics after what fifty may spend, and whole on the next document', () => {
    const budget = new StepBudget(100);
    budget.beginDocument();
    for (let topic = 0; topic < 50; topic++) {
      budget.beginTopic();
      expect(allows(budget, 100)).toBe(true);
    }
    budget.beginTopic();
    expect(allows(budget, 1)).toBe(true);
    budget.beginTopic();
    expect(allows(budget, 2)).toBe(true);
    budget.beginTopic();
    expect(allows(budget, 3)).toBe(false);

    budget.beginDocument();
    budget.beginTopic();
    expect(allows(budget, 100)).toBe(true);
  });
});
