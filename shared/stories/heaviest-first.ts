// An order by weight without a comparison function: weight and place are put into one number, and numbers are sorted several times as fast.

/** Weights are compared in so many steps; the place follows. Both fit into the 53 bits of a number. */
const STEPS = 2 ** 40;
const PLACES = 2 ** 12;

/** The places of the weights in the list, the heaviest first, equal ones in their order. At most 4,096 weights, none negative. */
export function heaviestFirst(weights: readonly number[]): readonly number[] {
  let most = Number.MIN_VALUE;
  for (const weight of weights) if (weight > most) most = weight;
  const order = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) order[i] = i - Math.floor((weights[i]! / most) * STEPS) * PLACES;
  order.sort();
  const places: number[] = [];
  for (let i = 0; i < order.length; i++) places.push(order[i]! - Math.floor(order[i]! / PLACES) * PLACES);
  return places;
}
