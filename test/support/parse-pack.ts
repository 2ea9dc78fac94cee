import { type ParsedPack, parsePacks } from '../../shared/packs/parse-pack.ts';

/** A pack by itself: it sees no sets of other packs. */
export function parsePack(text: string, path: string): ParsedPack {
  const [pack] = parsePacks([{ path, text }]);
  if (pack === undefined) throw new Error('one file is one pack');
  return pack;
}
