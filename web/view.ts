// What a view of the console is, and what it gets from the page around it.
import type { TemplateResult } from 'lit';
import type { ApiError } from './api.ts';

export type Role = 'read' | 'analyst' | 'admin';

export interface Shell {
  /** Draws the view again; call it after every change of state. */
  draw(): void;
  /** Goes to an address of the console; the state of a view lives there. `replace`: no entry of its own in the history. */
  go(address: string, options?: { readonly replace?: boolean }): void;
  /** Says something for a few seconds, with an action that takes it back. */
  say(text: string, undo?: () => void): void;
  /** Shows what went wrong, with what to do about it. */
  fail(error: ApiError | unknown): void;
  /** Who is signed in. Analysts triage and subscribe; admins do everything. */
  readonly me: { readonly name: string; readonly role: Role };
  mayTriage(): boolean;
  mayManage(): boolean;
}

/** A key, or several in turn (`g s`), as tinykeys writes them. */
export interface KeyHelp {
  readonly keys: string;
  readonly does: string;
  readonly run: () => void;
}

export interface View {
  readonly title: string;
  /** Called when the view is opened and whenever its address changes. */
  open(address: URL): void | Promise<void>;
  /** Called when another view is opened: ends timers and requests. */
  close?(): void;
  template(): TemplateResult;
  readonly keys?: readonly KeyHelp[];
}

export type ViewMaker = (shell: Shell) => View;
