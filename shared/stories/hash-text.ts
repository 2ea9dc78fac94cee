// The hash by which words are known in stories: strings would take most of the memory.
import { HASH_FACTOR, HASH_SEED } from '../text/code-units.ts';

/** 32 bits, signed. */
export function hashText(text: string): number {
  let hash = HASH_SEED;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), HASH_FACTOR);
  return hash;
}
