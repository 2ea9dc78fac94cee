// Single keys and sequences. They can be switched off (WCAG 2.1.4), and never act while somebody types.
import { tinykeys } from 'tinykeys';
import type { KeyHelp } from './view.ts';

const OFF = 'tocsin-keys-off';

export class Keys {
  readonly #all: () => readonly KeyHelp[];
  #unbind: () => void = () => {};
  #bound = '';

  constructor(all: () => readonly KeyHelp[]) {
    this.#all = all;
    addEventListener('keydown', () => this.#bind(), { capture: true });
  }

  get areOn(): boolean {
    return localStorage.getItem(OFF) === null;
  }

  toggle(): void {
    if (this.areOn) localStorage.setItem(OFF, 'yes');
    else localStorage.removeItem(OFF);
  }

  /** A view may have other keys than the one before it. */
  #bind(): void {
    const all = this.#all();
    const names = all.map(({ keys }) => keys).join('|');
    if (names === this.#bound) return;
    this.#unbind();
    this.#bound = names;
    const acting = (keys: string) => (event: KeyboardEvent) => this.#act(keys, event);
    this.#unbind = tinykeys(window, Object.fromEntries(all.map(({ keys }) => [patternOf(keys), acting(keys)])));
  }

  #act(keys: string, event: KeyboardEvent): void {
    const at = event.target as HTMLElement;
    if (isTypedInto(at)) return;
    if (!this.areOn && keys !== '?') return;
    const found = this.#all().find((each) => each.keys === keys);
    if (found === undefined) return;
    // Enter on a link or a button does what that says.
    if (keys === 'Enter' && /^(?:A|BUTTON|SUMMARY)$/.test(at.tagName)) return;
    event.preventDefault();
    found.run();
  }
}

const isTypedInto = (element: HTMLElement): boolean =>
  element.isContentEditable ||
  /^(?:TEXTAREA|SELECT)$/.test(element.tagName) ||
  (element instanceof HTMLInputElement && element.type !== 'checkbox');

/** A question mark needs Shift on most keyboards, and may not on others. */
const patternOf = (keys: string): string => (keys === '?' ? '[Shift]+?' : keys);
