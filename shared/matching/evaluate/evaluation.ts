// What the parts of the evaluator share while they work on one document.

import type { EngineNode } from '../compile/program.ts';
import type { ReadDocument } from '../document/read-document.ts';
import type { DocumentSymbols } from '../index/document-symbols.ts';
import type { SpanStore } from '../index/span-store.ts';
import type { StepBudget } from './step-budget.ts';

export interface Evaluation {
  readonly read: ReadDocument;
  readonly symbols: DocumentSymbols;
  readonly store: SpanStore;
  readonly budget: StepBudget;
  /** False only when the node surely does not hold: some word that it needs is nowhere in the document. */
  isPossible(node: EngineNode): boolean;
  /** Whether the node holds in the document. Throws BudgetSpent. */
  holds(node: EngineNode): boolean;
  /** Puts the node's spans into `store`, once per document; none where it does not hold. Throws BudgetSpent. */
  locate(node: EngineNode): void;
}

/** A node of one kind, or of several. */
export type NodeOf<Kind extends EngineNode['kind']> = Extract<EngineNode, { kind: Kind }>;
