// How measurements are told: one line each, with its goal beside it.

export interface Goal {
  readonly least?: number;
  readonly most?: number;
}

/** Prints `name  value unit  (goal …: met)`; values are rounded to three digits. */
export function tell(name: string, value: number, unit: string, goal: Goal = {}): void {
  console.log(`  ${name.padEnd(58)} ${readable(value).padStart(9)} ${unit.padEnd(10)}${goalText(value, goal)}`);
}

export const heading = (text: string): void => console.log(`\n${text}`);
export const note = (text: string): void => console.log(`  ${text}`);

function goalText(value: number, { least, most }: Goal): string {
  if (least !== undefined) return `goal ≥ ${least}: ${value >= least ? 'met' : 'MISSED'}`;
  if (most !== undefined) return `goal ≤ ${most}: ${value <= most ? 'met' : 'MISSED'}`;
  return '';
}

function readable(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(3)).toString();
}

/** The middle one; of an even number the lower of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;

/** The value below which this share (0 to 1) of the values lies. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
