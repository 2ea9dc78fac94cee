// Which end tag closes which start tag in a document where some are missing, misspelt or duplicated. Computed before the tree is
// built, so that the tree ends an element early only if it was never closed.
import { Tokenizer } from 'htmlparser2';
import { IGNORE } from '../../text/character-references.ts';
import { FIELD_LOCAL_NAMES } from './fields.ts';
import { STRUCTURE } from './markup-scanner.ts';
import { MisspeltNames } from './misspelt-names.ts';
import { localOf } from './signs.ts';

const ITEM_NAMES: ReadonlySet<string> = new Set(['item', 'entry']);
/** Open elements that a misspelt end tag is compared with, the innermost first. */
const MOST_COMPARED = 8;

export interface TagPairs {
  /** By number of the start tag: the name in its end tag, or its own name if it is empty; null when it was never closed. */
  readonly endNames: readonly (string | null)[];
  /** By number of the end tag: the number of its start tag; -1 when it closes nothing. */
  readonly starts: readonly number[];
}

/** `rawNameOf` gives the name in the document for one in `xml`. */
export function pairTags(xml: string, rawNameOf: (short: string) => string): TagPairs {
  const pairs = new Pairs();
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      ...IGNORE,
      onopentagname: (start, end) => pairs.open(rawNameOf(xml.slice(start, end))),
      onselfclosingtag: () => pairs.closeEmpty(),
      onclosetag: (start, end) => pairs.close(rawNameOf(xml.slice(start, end))),
    },
  );
  tokenizer.write(xml);
  tokenizer.end();
  return pairs;
}

class Pairs implements TagPairs {
  readonly endNames: (string | null)[] = [];
  readonly starts: number[] = [];
  #names: string[] = [];
  /** Numbers of the open start tags, and the positions of each name among them. */
  #open: number[] = [];
  #byName = new Map<string, number[]>();
  #items: number[] = [];
  #misspelt = new MisspeltNames();

  /** The position of the innermost open item among them; -1 when none is open. */
  get #item(): number {
    return this.#items.at(-1) ?? -1;
  }

  open(name: string): void {
    if (ITEM_NAMES.has(localOf(name))) this.#items.push(this.#open.length);
    const places = this.#byName.get(name);
    if (places === undefined) this.#byName.set(name, [this.#open.length]);
    else places.push(this.#open.length);
    this.#open.push(this.endNames.length);
    this.#names.push(name);
    this.endNames.push(null);
  }

  closeEmpty(): void {
    this.#close(this.#open.length - 1, this.#names.at(-1)!);
  }

  close(name: string): void {
    let place = this.#byName.get(name)?.at(-1) ?? -1;
    // An end tag inside an item never closes a field around the item.
    if (place < 0 || (place < this.#item && isField(name))) place = this.#misspeltPlace(name);
    this.starts.push(place < 0 ? -1 : this.#open[place]!);
    if (place >= 0) this.#close(place, name);
  }

  #close(place: number, name: string): void {
    this.endNames[this.#open[place]!] = name;
    while (this.#item >= place) this.#items.pop();
    while (this.#open.length > place) this.#byName.get(this.#names[this.#open.pop()!]!)!.pop();
  }

  #misspeltPlace(name: string): number {
    const outermost = Math.max(0, this.#item, this.#open.length - MOST_COMPARED);
    for (let place = this.#open.length - 1; place >= outermost; place -= 1) {
      if (this.#misspelt.isMisspelt(name, this.#names[this.#open[place]!]!)) return place;
    }
    return -1;
  }
}

const isField = (name: string): boolean => FIELD_LOCAL_NAMES.has(localOf(name)) && !STRUCTURE.has(localOf(name));
