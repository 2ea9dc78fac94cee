// Sources: every feed with its health in words; adding, importing, exporting, checking, pausing and removing them.
import { html, nothing, type TemplateResult } from 'lit';
import type { PublishedFeed } from '../../shared/model/feed.ts';
import { ApiError, get, patch, post, remove } from '../api.ts';
import { fullMoment, number } from '../format.ts';
import { download, readOpml, writeOpml } from '../opml.ts';
import { linkTemplate, loadingTemplate, timeTemplate } from '../parts.ts';
import { TEXTS } from '../texts.ts';
import type { Shell, View } from '../view.ts';

const T = TEXTS.sources;
/** As many as one request takes. */
const IMPORTED_AT_ONCE = 100;
const POLLED_WITHIN_MS = 3_000;

/** What needs somebody. */
const FAILING = new Set(['slow', 'blocked', 'broken', 'gone']);

interface Page {
  readonly items: readonly PublishedFeed[];
  readonly cursor: string | null;
}

export function sourcesView(shell: Shell): View {
  return new Sources(shell);
}

class Sources implements View {
  readonly title = T.title;
  readonly #shell: Shell;
  #feeds: readonly PublishedFeed[] = [];
  #isLoading = true;
  #onlyFailing = false;
  #text = '';
  /** What is said about the address that is being added. */
  #adding = '';
  #report: readonly string[] = [];
  /** What the page names whose address was given. */
  #candidates: ApiError['candidates'] = [];
  #isLoaded = false;
  #toRemove = '';
  #request = new AbortController();

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  async open({ searchParams }: URL): Promise<void> {
    this.#onlyFailing = searchParams.get('failing') === 'yes';
    this.#text = searchParams.get('text') ?? '';
    this.#shell.draw();
    if (!this.#isLoaded) await this.#load();
  }

  close(): void {
    this.#request.abort();
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    const feeds: PublishedFeed[] = [];
    let cursor: string | null = null;
    do {
      const page: Page = await get('/v1/feeds', { limit: 100, cursor: cursor ?? undefined }, this.#request.signal);
      feeds.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== null);
    this.#feeds = feeds;
    this.#isLoaded = true;
    this.#isLoading = false;
    this.#shell.draw();
  }

  #shown(): readonly PublishedFeed[] {
    const text = this.#text.toLowerCase();
    return this.#feeds.filter(
      ({ title, url, folder, health }) =>
        (!this.#onlyFailing || FAILING.has(health.status)) &&
        [title, url, folder].some((each) => each.toLowerCase().includes(text)),
    );
  }

  #goTo(change: { readonly failing?: boolean; readonly text?: string }): void {
    const { failing = this.#onlyFailing, text = this.#text } = change;
    const parameters = new URLSearchParams({
      ...(failing ? { failing: 'yes' } : {}),
      ...(text === '' ? {} : { text }),
    });
    this.#shell.go(`/sources${parameters.size === 0 ? '' : `?${parameters}`}`, { replace: true });
  }

  // ---------------------------------------------------------------- changes

  /** Does `work` and shows the feeds as they are then. */
  async #change(work: () => Promise<unknown>, said: string): Promise<void> {
    try {
      await work();
      this.#shell.say(said);
      await this.#load();
    } catch (error) {
      this.#shell.fail(error);
    }
  }

  #add = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (await this.#follow(String(new FormData(form).get('url') ?? '').trim())) form.reset();
  };

  /** Whether it is followed now. */
  async #follow(url: string): Promise<boolean> {
    this.#adding = T.reading;
    this.#report = [];
    this.#candidates = [];
    this.#shell.draw();
    let isFollowed = false;
    try {
      const { outcome, feed, read } = await post<{
        readonly outcome: 'added' | 'known';
        readonly feed: PublishedFeed;
        readonly read?: { readonly title: string | null; readonly items: number; readonly newestAt: string | null };
      }>('/v1/feeds', { url, verify: true });
      this.#report = [
        T.addedOne(read?.title ?? feed.title, outcome === 'added'),
        ...(read === undefined
          ? []
          : [T.readSo(read.items, read.newestAt === null ? null : fullMoment(read.newestAt))]),
      ];
      isFollowed = true;
      await this.#load();
    } catch (error) {
      this.#candidates = error instanceof ApiError ? error.candidates : [];
      if (this.#candidates.length === 0) this.#shell.fail(error);
    }
    this.#adding = '';
    this.#shell.draw();
    return isFollowed;
  }

  #import = async (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const [file] = input.files ?? [];
    if (file === undefined) return;
    this.#candidates = [];
    try {
      await this.#importFile(file);
    } catch (error) {
      this.#shell.fail(error);
    }
    input.value = '';
    this.#shell.draw();
  };

  async #importFile(file: File): Promise<void> {
    const feeds = readOpml(await file.text());
    if (feeds.length === 0) {
      this.#report = [T.noOpml(file.name)];
      return;
    }
    const counts = { added: 0, known: 0 };
    const refused: string[] = [];
    for (let at = 0; at < feeds.length; at += IMPORTED_AT_ONCE)
      await this.#importSome(feeds.slice(at, at + IMPORTED_AT_ONCE), counts, refused);
    this.#report = [T.imported(counts.added, counts.known, refused.length), ...refused];
    await this.#load();
  }

  /** If all together are refused because of one, each alone, so that the others are added. */
  async #importSome(
    feeds: ReturnType<typeof readOpml>,
    counts: { added: number; known: number },
    refused: string[],
  ): Promise<void> {
    try {
      const { outcomes } = await post<{ outcomes: readonly ('added' | 'known')[] }>('/v1/feeds/import', { feeds });
      for (const outcome of outcomes) counts[outcome] += 1;
    } catch (error) {
      // Only what is wrong with one of the addresses concerns one of them.
      if (!(error instanceof ApiError && error.status === 400)) throw error;
      const [only] = feeds;
      if (feeds.length > 1) for (const feed of feeds) await this.#importSome([feed], counts, refused);
      else refused.push(`${only?.url ?? ''}: ${(error as Error).message}`);
    }
  }

  #export = (): void => download('tocsin-feeds.opml', writeOpml(this.#feeds, T.opmlTitle), 'text/x-opml');

  #poll(feed: PublishedFeed): void {
    void this.#change(async () => {
      await post(`/v1/feeds/${feed.id}/poll`);
      await new Promise((resolve) => setTimeout(resolve, POLLED_WITHIN_MS));
    }, T.polled(feed.title));
  }

  #pause(feed: PublishedFeed): void {
    const active = !feed.active;
    void this.#change(
      () => patch(`/v1/feeds/${feed.id}`, { active }),
      active ? T.resumed(feed.title) : T.paused(feed.title),
    );
  }

  #remove(feed: PublishedFeed): void {
    this.#toRemove = '';
    void this.#change(() => remove(`/v1/feeds/${feed.id}`), T.removed(feed.title));
  }

  // ---------------------------------------------------------------- what is shown

  template(): TemplateResult {
    const shown = this.#shown();
    const failing = this.#feeds.filter(({ health }) => FAILING.has(health.status)).length;
    return html`<h1>${T.title}</h1>
      <p class="meta">${T.summary(this.#feeds.length, failing)}</p>
      <form class="filters" role="search" @submit=${(event: Event) => event.preventDefault()}>
        <input type="search" .value=${this.#text} placeholder=${T.search} aria-label=${T.search} @input=${(event: Event) => this.#goTo({ text: (event.target as HTMLInputElement).value })} />
        <button type="button" aria-pressed=${this.#onlyFailing ? 'true' : 'false'} @click=${() => this.#goTo({ failing: !this.#onlyFailing })}>${T.onlyFailing}</button>
        <button type="button" @click=${this.#export}>${T.export}</button>
      </form>
      ${this.#shell.mayManage() ? this.#addTemplate() : nothing}
      ${this.#report.length === 0 ? nothing : html`<div class="report" role="status">${this.#report.map((line) => html`<p dir="auto">${line}</p>`)}</div>`}
      ${loadingTemplate(this.#isLoading && this.#feeds.length === 0)}
      <ul class="sources">${shown.map((feed) => this.#feedTemplate(feed))}</ul>
      ${shown.length === 0 && !this.#isLoading ? html`<p class="empty">${T.empty}</p>` : nothing}`;
  }

  #addTemplate(): TemplateResult {
    return html`<form class="filters add" @submit=${this.#add}>
      <label>${T.address} <input name="url" required placeholder="https://www.example.org/feed.xml" /></label>
      <button ?disabled=${this.#adding !== ''}>${T.add}</button>
      <label>${T.importFile} <input type="file" accept=".opml,.xml,text/x-opml" @change=${this.#import} /></label>
      <p class="meta" role="status">${this.#adding || T.addHelp}</p>
      ${
        this.#candidates.length === 0
          ? nothing
          : html`<div role="group" aria-label=${T.choose}><p>${T.choose}</p>${this.#candidates.map(({ url, title }) => html`<p><button type="button" @click=${() => this.#follow(url)}>${T.add}</button> <span dir="auto">${title ?? ''}</span> <span class="meta" dir="ltr">${url}</span></p>`)}</div>`
      }
    </form>`;
  }

  #feedTemplate(feed: PublishedFeed): TemplateResult {
    const { title, url, folder, health } = feed;
    const isFailing = FAILING.has(health.status);
    const fact = (name: string, instant: string | null): TemplateResult | typeof nothing =>
      instant === null ? nothing : html`<span>${name} ${timeTemplate(instant)}</span>`;
    return html`<li class="source">
      <div class="row-head"><span class=${isFailing ? 'state problem' : 'state'}>${T.states[health.status] ?? health.status}</span> ${linkTemplate(url, title)}</div>
      <p dir="auto">${health.explanation}</p>
      <p class="meta">
        ${folder === '' ? nothing : html`<span dir="auto">${folder}</span>`}
        ${fact(T.since, isFailing ? health.since : null)} ${fact(T.lastGood, health.lastGoodPollAt)} ${fact(T.lastNew, health.lastNewItemAt)} ${fact(T.next, health.nextPollAt)}
        ${health.itemsPerDay === null ? nothing : html`<span>${T.perDay(number(Math.round(health.itemsPerDay * 10) / 10))}</span>`}
      </p>
      ${this.#shell.mayManage() ? this.#actionsTemplate(feed) : nothing}
    </li>`;
  }

  #actionsTemplate(feed: PublishedFeed): TemplateResult {
    if (this.#toRemove === feed.id)
      return html`<div class="actions" role="group">
        <span>${T.askRemove}</span>
        <button type="button" @click=${() => this.#remove(feed)}>${T.yesRemove}</button>
        <button type="button" @click=${() => this.#askRemove('')}>${T.no}</button>
      </div>`;
    return html`<div class="actions">
      <button type="button" @click=${() => this.#poll(feed)}>${T.poll}</button>
      <button type="button" @click=${() => this.#pause(feed)}>${feed.active ? T.pause : T.resume}</button>
      <button type="button" @click=${() => this.#askRemove(feed.id)}>${T.remove}</button>
    </div>`;
  }

  #askRemove(id: string): void {
    this.#toRemove = id;
    this.#shell.draw();
  }
}
