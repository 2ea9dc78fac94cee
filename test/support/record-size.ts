// How large the database counts a record, by its documented rules.
// Source: DynamoDB developer guide, "Item sizes and formats".

const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

/** Bytes of names and values. */
export function recordSize(record: Readonly<Record<string, unknown>>): number {
  return Object.entries(record).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize(value: unknown): number {
  if (value === undefined) return 0;
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'number') return numberSize(value);
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Set) return [...value].reduce<number>((sum, one) => sum + valueSize(one), 0);
  if (Array.isArray(value)) {
    return value.reduce<number>((sum, one) => sum + ELEMENT_BYTES + valueSize(one), CONTAINER_BYTES);
  }
  const fields = value as Record<string, unknown>;
  return CONTAINER_BYTES + Object.keys(fields).length * ELEMENT_BYTES + recordSize(fields);
}

/** One byte for two significant digits, one more, and one for a sign. */
function numberSize(value: number): number {
  const digits = String(Math.abs(value))
    .replace('.', '')
    .replace(/^0+|0+$/g, '').length;
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}
