/** `1 alert`, `4,980 alerts`. `many`: where an "s" does not make the plural. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
