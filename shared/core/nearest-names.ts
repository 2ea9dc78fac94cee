// Which known name was meant by one that is not known.

/** Longer text is no slip of a name, and would take long to compare. */
const LONGEST_NAME = 64;

/** Up to three of the known names that may have been meant: the nearest one, and those of which only a part was typed. */
export function nearestNames(typed: string, known: readonly string[]): readonly string[] {
  const part = typed.trim().toLowerCase();
  if (part.length > LONGEST_NAME) return [];
  const slip = nearest(part, known);
  const longer = part.length < 3 ? [] : known.filter((name) => name.toLowerCase().includes(part));
  return [...new Set([...(slip === undefined ? [] : [slip]), ...longer])].slice(0, 3);
}

/** The question after a name that is not known: `Did you mean a or b?` with a space before it; empty when no known name is similar. */
export function suggestionOf(typed: string, known: readonly string[], shown = (name: string): string => name): string {
  const near = nearestNames(typed, known);
  return near.length === 0 ? '' : ` Did you mean ${near.map(shown).join(' or ')}?`;
}

/** The nearest of `known` to what was written, or undefined when nothing is near enough to be meant. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(written.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Letters to insert, remove, replace or swap with a neighbour (optimal string alignment). */
function editDistance(left: string, right: string): number {
  const rows: number[][] = [];
  for (let i = 0; i <= left.length; i++) {
    const row: number[] = [];
    for (let j = 0; j <= right.length; j++) {
      if (i === 0 || j === 0) {
        row.push(i + j);
        continue;
      }
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, rows[i - 2]![j - 2]! + 1);
      }
      row.push(cost);
    }
    rows.push(row);
  }
  return rows[left.length]![right.length]!;
}
