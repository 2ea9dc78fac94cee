/** Estimated share of documents that hold the word. */
export const commonness = (foldedWord: string, _language: string): number => Math.min(1, 2 / (foldedWord.length + 1) ** 2);
