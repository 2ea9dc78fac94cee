// The console's page: navigation, keys, messages, and the view that the address names.
import { html, nothing, render, type TemplateResult } from 'lit';
import { ApiError, get, post } from './api.ts';
import { Keys } from './keys.ts';
import { TEXTS } from './texts.ts';
import type { KeyHelp, Role, Shell, View, ViewMaker } from './view.ts';
import { deliveriesView } from './views/deliveries.ts';
import { sourcesView } from './views/sources.ts';
import { statusView } from './views/status.ts';
import { storiesView } from './views/stories.ts';
import { storyView } from './views/story.ts';
import { subscriptionsView } from './views/subscriptions.ts';

const VIEWS: readonly (readonly [path: RegExp, make: ViewMaker])[] = [
  [/^\/(?:stories)?$/, storiesView],
  [/^\/stories\/[^/]+$/, storyView],
  [/^\/sources$/, sourcesView],
  [/^\/deliveries$/, deliveriesView],
  [/^\/deliveries\/subscriptions$/, subscriptionsView],
  [/^\/status$/, statusView],
];

const NAVIGATION = [
  ['/', TEXTS.nav.stories],
  ['/sources', TEXTS.nav.sources],
  ['/deliveries', TEXTS.nav.deliveries],
  ['/status', TEXTS.nav.status],
] as const;

const SHOWN_MS = 8_000;

interface Message {
  readonly text: string;
  readonly help: readonly string[];
  readonly isProblem: boolean;
  readonly undo: (() => void) | undefined;
}

class Page implements Shell {
  me: Shell['me'] = { name: '', role: 'read' };
  readonly #root: HTMLElement;
  readonly #keys: Keys;
  #view: View | null = null;
  #maker: ViewMaker | null = null;
  #message: Message | null = null;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #showsKeys = false;
  #isDrawing = false;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#keys = new Keys(() => this.#allKeys());
  }

  async start(): Promise<void> {
    this.me = await get<{ name: string; role: Role }>('/v1/me');
    addEventListener('popstate', () => this.#open());
    addEventListener('click', (event) => this.#follow(event));
    this.#open();
  }

  draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    queueMicrotask(() => {
      this.#isDrawing = false;
      render(this.#template(), this.#root);
    });
  }

  go(address: string, { replace = false }: { readonly replace?: boolean } = {}): void {
    if (replace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.#open();
  }

  say(text: string, undo?: () => void): void {
    this.#show({ text, help: [], isProblem: false, undo });
  }

  fail(error: unknown): void {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    const { message, help } = error instanceof ApiError ? error : { message: TEXTS.notReached, help: [] };
    this.#show({ text: message, help, isProblem: true, undo: undefined });
  }

  mayTriage = (): boolean => this.me.role !== 'read';
  mayManage = (): boolean => this.me.role === 'admin';

  #show(message: Message): void {
    clearTimeout(this.#hiding);
    this.#message = message;
    // A problem stays until it was read.
    if (!message.isProblem) this.#hiding = setTimeout(() => this.#hideMessage(), SHOWN_MS);
    this.draw();
  }

  #hideMessage = (): void => {
    this.#message = null;
    this.draw();
  };

  #undo = (): void => {
    const undo = this.#message?.undo;
    this.#hideMessage();
    undo?.();
  };

  #open(): void {
    const address = new URL(location.href);
    const [, maker = null] = VIEWS.find(([path]) => path.test(address.pathname)) ?? [];
    if (maker !== this.#maker) {
      this.#view?.close?.();
      this.#maker = maker;
      this.#view = maker?.(this) ?? null;
      scrollTo(0, 0);
    }
    void Promise.resolve(this.#view?.open(address)).catch((error) => this.fail(error));
    this.draw();
  }

  /** Links within the console are followed without loading the page again. */
  #follow(event: MouseEvent): void {
    const link = (event.target as Element | null)?.closest?.('a');
    if (link == null || link.target !== '' || link.origin !== location.origin || link.hasAttribute('download')) return;
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!VIEWS.some(([path]) => path.test(link.pathname))) return;
    event.preventDefault();
    this.go(link.pathname + link.search);
  }

  #allKeys(): readonly KeyHelp[] {
    const goTo = (keys: string, does: string, address: string): KeyHelp => ({
      keys,
      does,
      run: () => this.go(address),
    });
    return [
      { keys: '?', does: TEXTS.keys.help, run: () => this.#toggleKeys() },
      { keys: 'z', does: TEXTS.keys.undo, run: this.#undo },
      goTo('g s', TEXTS.keys.goStories, '/'),
      goTo('g f', TEXTS.keys.goSources, '/sources'),
      goTo('g d', TEXTS.keys.goDeliveries, '/deliveries'),
      goTo('g h', TEXTS.keys.goStatus, '/status'),
      ...(this.#view?.keys ?? []),
    ];
  }

  #toggleKeys = (): void => {
    this.#showsKeys = !this.#showsKeys;
    this.draw();
  };

  #signOut = async (): Promise<void> => {
    await post('/logout').catch(() => {});
    location.assign('/login');
  };

  #template(): TemplateResult {
    const title = this.#view?.title ?? TEXTS.nothingHere;
    document.title = `${title} – ${TEXTS.product}`;
    const here = NAVIGATION.find(([address]) => address !== '/' && location.pathname.startsWith(address))?.[0] ?? '/';
    return html`<a class="skip" href="#content">${TEXTS.skip}</a>
      <header>
        <strong>${TEXTS.product}</strong>
        <nav>
          ${NAVIGATION.map(([address, name]) => html`<a href=${address} aria-current=${here === address ? 'page' : nothing}>${name}</a>`)}
          ${this.mayManage() ? html`<a href="/outbox">${TEXTS.nav.outbox}</a>` : nothing}
        </nav>
        <span class="who">
          <span class="meta">${TEXTS.signedInAs(this.me.name, this.me.role)}</span>
          <button type="button" @click=${this.#toggleKeys} aria-expanded=${this.#showsKeys ? 'true' : 'false'} title=${TEXTS.keys.help}>?</button>
          <button type="button" @click=${this.#signOut}>${TEXTS.signOut}</button>
        </span>
      </header>
      <main id="content" tabindex="-1">
        ${this.#showsKeys ? this.#keysTemplate() : nothing}
        ${this.#view?.template() ?? html`<h1>${TEXTS.nothingHere}</h1>`}
      </main>
      <div class="messages" role="status" aria-live="polite">${this.#messageTemplate()}</div>`;
  }

  #messageTemplate(): TemplateResult | typeof nothing {
    if (this.#message === null) return nothing;
    const { text, help, isProblem, undo } = this.#message;
    return html`<div class=${isProblem ? 'message problem' : 'message'}>
      <div><p>${text}</p>${help.map((line) => html`<p class="meta">${line}</p>`)}</div>
      ${undo === undefined ? nothing : html`<button type="button" @click=${this.#undo}>${TEXTS.undo}</button>`}
      <button type="button" @click=${this.#hideMessage}>${TEXTS.close}</button>
    </div>`;
  }

  #keysTemplate(): TemplateResult {
    return html`<section class="keys" aria-label=${TEXTS.keys.title}>
      <h2>${TEXTS.keys.title}</h2>
      <label><input type="checkbox" .checked=${this.#keys.areOn} @change=${() => this.#keys.toggle()} /> ${TEXTS.keys.single}</label>
      <p class="meta">${TEXTS.keys.singleHelp}</p>
      <dl>${this.#allKeys().map(({ keys, does }) => html`<div><dt><kbd>${keys}</kbd></dt><dd>${does}</dd></div>`)}</dl>
    </section>`;
  }
}

const root = document.getElementById('console');
if (root !== null) {
  const page = new Page(root);
  page.start().catch((error) => page.fail(error));
}
