// The DOCTYPE of a document: where it ends, and which entities it declares for the document's own use. Nothing is fetched, entities
// are resolved inside each other only as declared, and the resolved size is bounded.
import { decodeReferences } from '../../text/character-references.ts';

const MOST_ENTITIES = 1_000;
/** Characters of one entity, resolved. A longer one is not declared. */
const LONGEST_ENTITY = 2_000;
/** Characters that all references of a document may expand to. References beyond that stay as written. */
const MOST_RESOLVED = 1_000_000;

const START = /<!DOCTYPE[^<>[\]]{0,2000}/iy;
const SUBSET_END = /\]\s{0,99}>/y;
const SPACE = /\s+/y;
/** Parts that declare nothing for texts: references to sets of declarations, comments and instructions. */
const SKIPPED = /%[\w.:-]{1,100};|<!--[\s\S]{0,20000}?-->|<\?[\s\S]{0,20000}?\?>/y;
const DECLARATION = /<!(ENTITY|ELEMENT|ATTLIST|NOTATION)((?:[^"'<>]|"[^"]{0,20000}"|'[^']{0,20000}')*)>/y;
/** An entity with its value in quotes: neither a parameter (`%`) nor an external one (`SYSTEM`). */
const ENTITY = /^\s+([\p{L}_][\p{L}\d_.-]{0,63})\s+(?:"([^"]*)"|'([^']*)')\s*$/u;
const REFERENCE = /&([\p{L}_][\p{L}\d_.-]{0,63});/gu;
const PREDEFINED: ReadonlySet<string> = new Set(['lt', 'gt', 'amp', 'quot', 'apos']);

/** The entities of one document; the first declaration of a name counts. */
export class DeclaredEntities {
  #values = new Map<string, string>();
  #left = MOST_RESOLVED;

  get isEmpty(): boolean {
    return this.#values.size === 0;
  }

  /** Null when it was not declared, or too much was resolved already. */
  valueOf(name: string): string | null {
    const value = this.#values.get(name);
    if (value === undefined || value.length > this.#left) return null;
    this.#left -= value.length;
    return value;
  }

  /** In markup, where other references stay. */
  resolveIn(text: string): string {
    if (this.isEmpty) return text;
    return text.replace(REFERENCE, (reference, name: string) => this.valueOf(name) ?? reference);
  }

  declare(name: string, written: string): void {
    if (PREDEFINED.has(name) || this.#values.has(name) || this.#values.size >= MOST_ENTITIES) return;
    if (written.length > LONGEST_ENTITY) return;
    const value = decodeReferences(written, { strict: true, declared: (inner) => this.valueOf(inner) });
    // An entity that refers to an undeclared one, or to one that was too long, counts as undeclared.
    const isWhole = value.search(REFERENCE) < 0;
    if (isWhole && value.length <= LONGEST_ENTITY) this.#values.set(name, value);
  }
}

/** The position after the DOCTYPE that begins at `at`; if its subset has no end, after the last declaration. */
export function readDoctype(source: string, at: number, entities: DeclaredEntities): number {
  START.lastIndex = at;
  if (!START.test(source)) return at + 2;
  let end = START.lastIndex;
  if (source.charAt(end) === '>') return end + 1;
  if (source.charAt(end) !== '[') return end;
  end += 1;
  for (;;) {
    end = behind(SPACE, source, end) ?? end;
    const subsetEnd = behind(SUBSET_END, source, end);
    if (subsetEnd !== null) return subsetEnd;
    const skipped = behind(SKIPPED, source, end);
    if (skipped !== null) {
      end = skipped;
      continue;
    }
    DECLARATION.lastIndex = end;
    const declaration = DECLARATION.exec(source);
    if (declaration === null) return end;
    end = DECLARATION.lastIndex;
    const [, kind, content = ''] = declaration;
    const entity = kind === 'ENTITY' ? ENTITY.exec(content) : null;
    if (entity !== null) entities.declare(entity[1]!, entity[2] ?? entity[3]!);
  }
}

function behind(pattern: RegExp, source: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : null;
}
