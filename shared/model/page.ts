/** `cursor` null on the last page. Cursors are opaque and good for the same query only. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursor: string | null;
}
