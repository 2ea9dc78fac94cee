// Character references in XML text: those that an XML parser knows stay, those of HTML become characters, and an ampersand that
// begins none is escaped.
import { Parser } from 'htmlparser2';

const XML_NAMES: ReadonlySet<string> = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);
const REFERENCE = /&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?|([A-Za-z][A-Za-z0-9]{1,31});)?/g;
/** Names in one document that HTML does not know, after which all unknown ones count as text: each costs a look-up. */
const MOST_UNKNOWN_NAMES = 500;
/** Numbers 128 to 159 mean the characters of windows-1252, as in HTML: publishers write `&#146;` for an apostrophe. */
const windows1252 = new TextDecoder('windows-1252');

/** Made for one document: remembers the names it met, and counts what it mended. */
export class References {
  #characters = new Map<string, string | null>();
  #unknown = 0;
  #found = '';
  #html = new Parser({ ontext: (text) => this.#append(text) }, { decodeEntities: true });
  /** Ampersands that began no reference. */
  bareAmpersands = 0;
  /** References that only HTML knows. */
  htmlNames = 0;

  /** Well-formed XML text. Linear in its length. */
  mend(text: string): string {
    return text.replace(REFERENCE, (whole: string, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return XML_NAMES.has(name) ? whole : this.#named(whole, name);
      if (hex !== undefined) return numbered(Number.parseInt(hex, 16));
      if (decimal !== undefined) return numbered(Number.parseInt(decimal, 10));
      this.bareAmpersands += 1;
      return '&amp;';
    });
  }

  #named(whole: string, name: string): string {
    const character = this.#characterOf(name);
    if (character === null) {
      this.bareAmpersands += 1;
      return `&amp;${whole.slice(1)}`;
    }
    this.htmlNames += 1;
    return escapeText(character);
  }

  #characterOf(name: string): string | null {
    const known = this.#characters.get(name);
    if (known !== undefined) return known;
    if (this.#unknown >= MOST_UNKNOWN_NAMES) return null;
    this.#found = '';
    this.#html.reset();
    this.#html.end(`&${name};`);
    const character = this.#found.endsWith(';') && this.#found.length > 1 ? null : this.#found;
    if (character === null) this.#unknown += 1;
    this.#characters.set(name, character);
    return character;
  }

  #append(text: string): void {
    this.#found += text;
  }
}

export const escapeText = (text: string): string =>
  text.replace(/[&<>]/g, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));

function numbered(code: number): string {
  if (code >= 0x80 && code <= 0x9f) return windows1252.decode(Uint8Array.of(code));
  if (code === 9 || code === 10 || code === 13) return `&#${code};`;
  const isCharacter =
    code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && (code & 0xfffe) !== 0xfffe;
  return isCharacter ? escapeText(String.fromCodePoint(code)) : '\ufffd';
}
