export const FLAGS: readonly string[];
export const ALLOCATION: Readonly<Record<string, string>>;
