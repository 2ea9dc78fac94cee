// Character references in XML: those of XML and of HTML are resolved, and an ampersand that begins none is text.
import { decodeReferences, type ReferenceRules } from '../../text/character-references.ts';
import type { DeclaredEntities } from './doctype.ts';

/** Made for one document: counts what it repaired. */
export class References {
  /** Ampersands that began no reference. */
  bareAmpersands = 0;
  /** References that XML does not know. */
  htmlNames = 0;
  #rules: ReferenceRules = {
    strict: true,
    onBareAmpersand: (): void => {
      this.bareAmpersands += 1;
    },
    onHtmlName: (): void => {
      this.htmlNames += 1;
    },
  };
  #entities: DeclaredEntities;
  #rulesWithEntities: ReferenceRules;

  /** Entities may be declared later, but before the text that uses them. */
  constructor(entities: DeclaredEntities) {
    this.#entities = entities;
    this.#rulesWithEntities = { ...this.#rules, declared: (name) => entities.valueOf(name) };
  }

  decode(text: string): string {
    return decodeReferences(text, this.#entities.isEmpty ? this.#rules : this.#rulesWithEntities);
  }

  /** For text that a parser of XML is to read: with no other references than it knows. */
  repair(text: string): string {
    return this.decode(text).replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));
  }

  /** The same for a start tag: what is in quotes is text, the rest stays. */
  repairTag(tag: string): string {
    return tag.replace(/"[^"]*"|'[^']*'/g, (value) => {
      if (!value.includes('&')) return value;
      const quote = value.charAt(0) === '"' ? '&quot;' : '&apos;';
      const inner = this.repair(value.slice(1, -1)).replaceAll(value.charAt(0), quote);
      return value.charAt(0) + inner + value.charAt(0);
    });
  }
}
