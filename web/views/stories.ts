// Stories, the home of the console: filters in the address, a row for each story, triage by key or button, and what is new without a jump.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PublishedReport } from '../../shared/model/hit.ts';
import type { Passage } from '../../shared/model/match.ts';
import type { InstanceStatus } from '../../shared/model/status.ts';
import type { PublishedStory } from '../../shared/model/story.ts';
import { answering } from '../answering.ts';
import { get, post, remove } from '../api.ts';
import { dayName, languageName, number } from '../format.ts';
import {
  barsTemplate,
  linkTemplate,
  loadingTemplate,
  passageTemplate,
  severityTemplate,
  timeTemplate,
} from '../parts.ts';
import { TEXTS } from '../texts.ts';
import type { KeyHelp, Shell, View } from '../view.ts';
import { changeTriage, stateOf, type Triage, type TriageChange, type TriageState } from './story-list.ts';

const T = TEXTS.stories;
const PAGE = 50;
const LOOKED_EVERY_MS = 20_000;
const STATES: readonly TriageState[] = ['unread', 'read', 'kept', 'dismissed'];

type ListedStory = PublishedStory & {
  readonly triage: Triage | null;
  readonly report: (PublishedReport & { readonly passages?: readonly Passage[] }) | null;
};
interface StoryPage {
  readonly items: readonly ListedStory[];
  readonly cursor: string | null;
}
interface Volume {
  readonly days: readonly { readonly day: string; readonly stories: number }[];
}
interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  readonly owner: string;
  readonly shared: boolean;
}
interface TopicSummary {
  readonly id: string;
  readonly title: string;
}

/** What the address says; every filter is there, so an address can be shared. */
interface Filter {
  readonly since: string;
  readonly day: string;
  readonly topic: string;
  readonly source: string;
  readonly language: string;
  readonly text: string;
  readonly only: readonly TriageState[];
  readonly not: readonly TriageState[];
}

const FILTER_NAMES = ['since', 'day', 'topic', 'source', 'language', 'text', 'only', 'not'] as const;

const listOf = (text: string | null): readonly TriageState[] =>
  (text ?? '').split(',').filter((each): each is TriageState => (STATES as readonly string[]).includes(each));

function filterOf({ searchParams: given }: URL): Filter {
  const text = (name: string): string => given.get(name) ?? '';
  return {
    since: text('since') || 'P7D',
    day: text('day'),
    topic: text('topic'),
    source: text('source'),
    language: text('language'),
    text: text('text'),
    only: listOf(given.get('only')),
    // What was dismissed is out of the way until somebody asks for it.
    not: given.has('not') || given.has('only') ? listOf(given.get('not')) : ['dismissed'],
  };
}

/** The states that are asked for; undefined for all. */
function triageAsked({ only, not }: Filter): string | undefined {
  const wanted = (only.length > 0 ? only : STATES).filter((state) => !not.includes(state));
  return wanted.length === STATES.length ? undefined : wanted.join(',');
}

const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();

const withoutTriage = ({ since, day, topic, source, language, text }: Filter) => ({
  topic,
  source,
  lang: language,
  text,
  ...(day === '' ? { since } : { since: `${day}T00:00:00Z`, until: nextDay(day) }),
});

export function storiesView(shell: Shell): View {
  return new Stories(shell);
}

class Stories implements View {
  readonly title = T.title;
  readonly #shell: Shell;
  #filter: Filter = filterOf(new URL('http://localhost/'));
  #items: readonly ListedStory[] = [];
  #cursor: string | null = null;
  #volume: Volume | null = null;
  #topics: readonly TopicSummary[] = [];
  #status: InstanceStatus | null = null;
  #views: readonly SavedView[] = [];
  /** Addresses of the feed that was made of this view; shown this once. */
  #feed: readonly string[] = [];
  #fresh: readonly ListedStory[] = [];
  #current = -1;
  readonly #selected = new Set<string>();
  #isLoading = true;
  #request = new AbortController();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  async open(address: URL): Promise<void> {
    this.#filter = filterOf(address);
    this.#request.abort();
    this.#request = new AbortController();
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.#lookForNews(), LOOKED_EVERY_MS);
    this.#isLoading = true;
    this.#fresh = [];
    this.#shell.draw();
    const { signal } = this.#request;
    // Bars with a filter read many stories: the list does not wait for them.
    void this.#loadBeside(signal).then(
      () => this.#shell.draw(),
      (error) => this.#shell.fail(error),
    );
    const page = await this.#ask(null, signal);
    this.#items = page.items;
    this.#cursor = page.cursor;
    this.#current = -1;
    this.#selected.clear();
    this.#isLoading = false;
    this.#shell.draw();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#request.abort();
  }

  #ask(cursor: string | null, signal: AbortSignal): Promise<StoryPage> {
    const asked = {
      ...withoutTriage(this.#filter),
      triage: triageAsked(this.#filter),
      with: 'report,triage',
      limit: PAGE,
    };
    return get('/v1/stories', { ...asked, cursor: cursor ?? undefined }, signal);
  }

  async #loadBeside(signal: AbortSignal): Promise<void> {
    const { topic, source, language, since } = this.#filter;
    const days = since.startsWith('P31') ? 'P31D' : 'P14D';
    const [volume, topics, status, views] = await Promise.all([
      get<Volume>('/v1/stories/volume', { topic, source, lang: language, since: days }, signal),
      this.#topics.length > 0 ? null : get<{ items: readonly TopicSummary[] }>('/v1/topics', {}, signal),
      get<InstanceStatus>('/v1/status', {}, signal),
      get<{ items: readonly SavedView[] }>('/v1/views', {}, signal),
    ]);
    this.#views = views.items;
    this.#volume = volume;
    if (topics !== null) this.#topics = topics.items;
    this.#status = status;
  }

  /** New stories are announced; the list does not jump under the reader's hand. */
  async #lookForNews(): Promise<void> {
    if (document.hidden || this.#isLoading) return;
    try {
      const { items } = await this.#ask(null, this.#request.signal);
      const known = new Map(this.#items.map((story) => [story.id, story.hits]));
      this.#fresh = items.filter(({ id, hits }) => known.get(id) !== hits);
      this.#shell.draw();
    } catch (error) {
      this.#shell.fail(error);
    }
  }

  #showFresh = (): void => {
    const fresh = new Set(this.#fresh.map(({ id }) => id));
    this.#items = [...this.#fresh, ...this.#items.filter(({ id }) => !fresh.has(id))];
    this.#fresh = [];
    this.#current = -1;
    scrollTo(0, 0);
    this.#shell.draw();
  };

  #more = async (): Promise<void> => {
    const cursor = this.#cursor;
    if (cursor === null) return;
    this.#cursor = null;
    this.#shell.draw();
    try {
      const page = await this.#ask(cursor, this.#request.signal);
      const known = new Set(this.#items.map(({ id }) => id));
      this.#items = [...this.#items, ...page.items.filter(({ id }) => !known.has(id))];
      this.#cursor = page.cursor;
      this.#shell.draw();
    } catch (error) {
      this.#shell.fail(error);
    }
  };

  // ---------------------------------------------------------------- the address

  #goTo(change: Partial<Filter>): void {
    const filter = { ...this.#filter, ...change };
    const parameters = new URLSearchParams();
    for (const name of FILTER_NAMES) {
      const value = filter[name];
      const text = typeof value === 'string' ? value : value.join(',');
      const isUsual = name === 'since' ? text === 'P7D' : name === 'not' ? text === 'dismissed' : text === '';
      if (!isUsual) parameters.set(name, text);
    }
    const text = parameters.toString().replaceAll('%2C', ',');
    this.#shell.go(text === '' ? '/' : `/?${text}`);
  }

  #turnChip(state: TriageState): void {
    const { only, not } = this.#filter;
    const without = (list: readonly TriageState[]) => list.filter((each) => each !== state);
    if (only.includes(state)) this.#goTo({ only: without(only), not: [...not, state] });
    else if (not.includes(state)) this.#goTo({ not: without(not) });
    else this.#goTo({ only: [...only, state] });
  }

  // ---------------------------------------------------------------- saved views

  #saveView = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = new FormData(form);
    const name = String(fields.get('name') ?? '').trim();
    try {
      const view = await post<SavedView>('/v1/views', {
        name,
        query: location.search.slice(1),
        shared: fields.get('shared') === 'on',
      });
      this.#views = [...this.#views, view];
      form.reset();
      this.#shell.say(T.viewSaved(name));
    } catch (error) {
      this.#shell.fail(error);
    }
  };

  async #removeView(view: SavedView): Promise<void> {
    try {
      await remove(`/v1/views/${view.id}`);
      this.#views = this.#views.filter(({ id }) => id !== view.id);
      this.#shell.say(T.viewRemoved(view.name), () => {
        const { name, query, shared } = view;
        void post<SavedView>('/v1/views', { name, query, shared }).then((again) => {
          this.#views = [...this.#views, again];
          this.#shell.draw();
        });
      });
    } catch (error) {
      this.#shell.fail(error);
    }
  }

  /** An output with these filters: for feed readers and other programs. */
  #makeFeed = async (): Promise<void> => {
    const { topic, source, language, text } = this.#filter;
    const given = { source, lang: language, text };
    try {
      const { addresses } = await post<{ addresses: { atom: string; json: string } }>('/v1/outputs', {
        topics: [topic || '*'],
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
      });
      this.#feed = [addresses.atom, addresses.json];
      this.#shell.draw();
    } catch (error) {
      this.#shell.fail(error);
    }
  };

  #viewsTemplate(): TemplateResult {
    const mayRemove = ({ owner }: SavedView): boolean => owner === this.#shell.me.name || this.#shell.mayManage();
    return html`<h2>${T.savedViews}</h2>
      <ul>${this.#views.map(
        (view) => html`<li class="saved">
          <a dir="auto" href=${view.query === '' ? '/' : `/?${view.query}`}>${view.name}</a>
          ${view.shared ? html`<span class="meta">${T.viewOf(view.owner)}</span>` : nothing}
          ${this.#shell.mayTriage() && mayRemove(view) ? html`<button type="button" aria-label=${T.removeView(view.name)} title=${T.removeView(view.name)} @click=${() => this.#removeView(view)}>✕</button>` : nothing}
        </li>`,
      )}</ul>
      ${
        this.#shell.mayTriage()
          ? html`<form class="save-view" @submit=${this.#saveView}>
              <input name="name" required maxlength="100" placeholder=${T.viewName} aria-label=${T.viewName} />
              <label class="check"><input type="checkbox" name="shared" /> ${T.forAll}</label>
              <button>${T.saveView}</button>
            </form>`
          : nothing
      }
      ${this.#shell.mayManage() ? html`<button type="button" @click=${this.#makeFeed}>${T.asFeed}</button>` : nothing}
      ${this.#feed.length === 0 ? nothing : html`<div role="status"><p class="meta">${T.feedMade}</p>${this.#feed.map((address) => html`<p><code>${address}</code></p>`)}</div>`}`;
  }

  // ---------------------------------------------------------------- triage

  #chosen(): readonly ListedStory[] {
    if (this.#selected.size > 0) return this.#items.filter(({ id }) => this.#selected.has(id));
    const current = this.#items[this.#current];
    return current === undefined ? [] : [current];
  }

  #triage(stories: readonly ListedStory[], change: TriageChange): void {
    if (stories.length === 0 || !this.#shell.mayTriage()) return;
    this.#selected.clear();
    void changeTriage(stories, change, this.#shell, (id, triage) => {
      this.#items = this.#items.map((story) => (story.id === id ? { ...story, triage } : story));
    });
  }

  #move(by: number): void {
    if (this.#items.length === 0) return;
    this.#current = Math.min(Math.max(this.#current + by, 0), this.#items.length - 1);
    this.#shell.draw();
    const row = (): HTMLElement | null => document.querySelector('.story[aria-current="true"] a.head');
    requestAnimationFrame(() => {
      row()?.focus({ preventScroll: true });
      row()?.closest('.story')?.scrollIntoView({ block: 'nearest' });
    });
  }

  get keys(): readonly KeyHelp[] {
    const K = TEXTS.keys;
    const toggleRead = (): void => {
      const stories = this.#chosen();
      const isRead = stories.every((story) => stateOf(story) !== 'unread');
      this.#triage(stories, { state: isRead ? 'unread' : 'read' });
    };
    const openStory = (): void => {
      const story = this.#items[this.#current];
      if (story !== undefined) this.#shell.go(`/stories/${story.id}`);
    };
    return [
      { keys: 'j', does: K.next, run: () => this.#move(1) },
      { keys: 'k', does: K.previous, run: () => this.#move(-1) },
      { keys: 'o', does: K.open, run: openStory },
      { keys: 'Enter', does: K.open, run: openStory },
      { keys: 'm', does: K.read, run: toggleRead },
      { keys: 's', does: K.keep, run: () => this.#triage(this.#chosen(), { state: 'kept' }) },
      {
        keys: 'e',
        does: K.dismiss,
        run: () => this.#triage(this.#chosen(), { state: 'dismissed', dismissedAs: 'not_relevant' }),
      },
      { keys: 'x', does: K.select, run: () => this.#select(this.#items[this.#current]) },
      { keys: 'v', does: K.original, run: () => openOriginal(this.#items[this.#current]?.report?.url) },
      { keys: '/', does: K.search, run: () => document.querySelector<HTMLInputElement>('#search')?.focus() },
    ];
  }

  #select(story: ListedStory | undefined): void {
    if (story === undefined) return;
    if (!this.#selected.delete(story.id)) this.#selected.add(story.id);
    this.#shell.draw();
  }

  // ---------------------------------------------------------------- what is shown

  template(): TemplateResult {
    return html`<div class="with-side">
      <aside aria-label=${T.topics}>${this.#topicsTemplate()}</aside>
      <div>
        <h1 class="hidden">${T.title}</h1>
        ${this.#filtersTemplate()} ${this.#barsTemplate()} ${this.#selectionTemplate()}
        ${this.#fresh.length === 0 ? nothing : html`<button type="button" class="fresh" @click=${this.#showFresh}>${T.fresh(this.#fresh.length)}</button>`}
        ${loadingTemplate(this.#isLoading && this.#items.length === 0)}
        <ol class="stories" aria-busy=${this.#isLoading ? 'true' : 'false'}>
          ${repeat(
            this.#items,
            ({ id }) => id,
            (story, place) => this.#rowTemplate(story, place),
          )}
        </ol>
        ${this.#items.length === 0 && !this.#isLoading ? this.#emptyTemplate() : nothing}
        ${this.#cursor === null ? nothing : html`<button type="button" @click=${this.#more}>${TEXTS.more}</button>`}
      </div>
    </div>`;
  }

  #topicsTemplate(): TemplateResult {
    const entry = (id: string, title: string): TemplateResult =>
      html`<li><button type="button" aria-pressed=${this.#filter.topic === id ? 'true' : 'false'} @click=${() => this.#goTo({ topic: id })}>${title}</button></li>`;
    const failing = this.#status?.feeds.failing ?? 0;
    return html`<h2>${T.topics}</h2>
      <ul class="topics">${entry('', T.allTopics)}${this.#topics.map(({ id, title }) => entry(id, title))}</ul>
      ${failing === 0 ? nothing : html`<p><a class="problem" href="/sources?failing=yes">${T.failing(failing)}</a></p>`}
      ${this.#viewsTemplate()}`;
  }

  #filtersTemplate(): TemplateResult {
    const { since, day, topic, source, language, text, only, not } = this.#filter;
    const stateName = (state: TriageState): 'any' | 'only' | 'not' =>
      only.includes(state) ? 'only' : not.includes(state) ? 'not' : 'any';
    const changed = (name: 'topic' | 'source' | 'language' | 'text') => (event: Event) =>
      this.#goTo({ [name]: (event.target as HTMLInputElement).value.trim() });
    return html`<form class="filters" role="search" @submit=${(event: Event) => event.preventDefault()}>
      <input id="search" type="search" .value=${text} placeholder=${T.search} aria-label=${T.search} @change=${changed('text')} />
      <span class="group" role="group" aria-label=${T.since}>${Object.entries(T.presets).map(
        ([value, name]) =>
          html`<button type="button" aria-pressed=${since === value && day === '' ? 'true' : 'false'} @click=${() => this.#goTo({ since: value, day: '' })}>${name}</button>`,
      )}</span>
      <span class="group" role="group" aria-label=${T.triage['title'] ?? ''}>${STATES.map((state) => {
        const is = stateName(state);
        const name = T.triage[state] ?? state;
        return html`<button type="button" class="chip chip-${is}" title=${T.chipHelp(name, T.chipState[is])} aria-label=${T.chipHelp(name, T.chipState[is])} @click=${() => this.#turnChip(state)}>${is === 'not' ? html`<s>${name}</s>` : name}</button>`;
      })}</span>
      <label class="narrow">${T.topics}
        <select @change=${changed('topic')}>
          <option value="" ?selected=${topic === ''}>${T.allTopics}</option>
          ${this.#topics.map(({ id, title }) => html`<option value=${id} ?selected=${topic === id}>${title}</option>`)}
        </select>
      </label>
      <input .value=${source} placeholder=${T.source} aria-label=${T.source} size="12" @change=${changed('source')} />
      <input .value=${language} placeholder=${T.language} aria-label=${T.language} size="8" maxlength="8" @change=${changed('language')} />
    </form>`;
  }

  #barsTemplate(): TemplateResult | typeof nothing {
    if (this.#volume === null || this.#volume.days.length === 0) return nothing;
    const { day: chosen } = this.#filter;
    const bars = this.#volume.days.map(({ day, stories }) => ({
      day,
      name: dayName(day),
      count: stories,
      isChosen: day === chosen,
    }));
    return barsTemplate(bars, { title: T.volume, of: T.volumeDay, day: T.day, number: T.number }, (day) =>
      this.#goTo({ day: day === chosen ? '' : day }),
    );
  }

  #selectionTemplate(): TemplateResult | typeof nothing {
    if (this.#selected.size === 0) return nothing;
    const all = (change: TriageChange) => () => this.#triage(this.#chosen(), change);
    return html`<div class="selection" role="group">
      <span>${T.selected(this.#selected.size)}</span>
      <button type="button" @click=${all({ state: 'read' })}>${TEXTS.triage.read}</button>
      <button type="button" @click=${all({ state: 'kept' })}>${TEXTS.triage.keep}</button>
      <button type="button" @click=${all({ state: 'dismissed', dismissedAs: 'not_relevant' })}>${TEXTS.triage.dismissNotRelevant}</button>
      <button type="button" @click=${all({ state: 'dismissed', dismissedAs: 'duplicate' })}>${TEXTS.triage.dismissDuplicate}</button>
    </div>`;
  }

  #rowTemplate(story: ListedStory, place: number): TemplateResult {
    const { id, latestTitle, severity, lastSeenAt, language, sources, topics, hits, texts, report, triage } = story;
    const state = stateOf(story);
    const isCurrent = place === this.#current;
    const [passage] = report?.passages ?? [];
    const others = sources.length - 1;
    return html`<li class="story severity-line-${severity} triage-${state}" aria-current=${isCurrent ? 'true' : nothing}>
      <div class="row-head">
        ${this.#shell.mayTriage() ? html`<input type="checkbox" aria-label=${TEXTS.keys.select} .checked=${this.#selected.has(id)} @change=${() => this.#select(story)} />` : nothing}
        ${severityTemplate(severity)}
        <a class="head" dir="auto" href="/stories/${id}" @focus=${() => this.#focus(place)}>${latestTitle}</a>
      </div>
      ${passage === undefined ? nothing : html`<p class="passage">${passageTemplate(passage)}</p>`}
      <p class="meta">
        <span dir="auto">${sources[0]?.title ?? ''}</span>${others > 0 ? html` <span>+ ${number(others)}</span>` : nothing}
        <span>${languageName(language)}</span> ${timeTemplate(lastSeenAt)} <span>${T.reports(hits, texts)}</span>
        ${report?.matches.every(({ strength }) => strength === 'weak') === true ? html`<span>${T.weak}</span>` : nothing}
        ${topics.map((topic) => html`<button type="button" class="chip" @click=${() => this.#goTo({ topic })}>${this.#topicTitle(topic)}</button>`)}
        ${triage === null || state === 'unread' ? nothing : html`<span class="state">${TEXTS.triage.by(T.triage[state] ?? state, triage.by, '')} ${timeTemplate(triage.at)}</span>${lastSeenAt > triage.at ? html` <span class="state">${T.reportedSince}</span>` : nothing}`}
      </p>
      ${this.#shell.mayTriage() ? this.#actionsTemplate(story) : nothing}
    </li>`;
  }

  #actionsTemplate(story: ListedStory): TemplateResult {
    const state = stateOf(story);
    const button = (name: string, change: TriageChange): TemplateResult =>
      html`<button type="button" @click=${() => this.#triage([story], change)}>${name}</button>`;
    return html`<div class="actions">
      ${state === 'unread' ? button(TEXTS.triage.read, { state: 'read' }) : button(TEXTS.triage.unread, { state: 'unread' })}
      ${state === 'kept' ? nothing : button(TEXTS.triage.keep, { state: 'kept' })}
      ${state === 'dismissed' ? nothing : button(TEXTS.triage.dismissNotRelevant, { state: 'dismissed', dismissedAs: 'not_relevant' })}
      ${linkTemplate(story.report?.url, TEXTS.story.original, 'original')}
    </div>`;
  }

  #focus(place: number): void {
    if (this.#current === place) return;
    this.#current = place;
    this.#shell.draw();
  }

  #topicTitle = (topic: string): string => this.#topics.find(({ id }) => id === topic)?.title ?? topic;

  #emptyTemplate(): TemplateResult {
    const { feeds, topics } = this.#status ?? { feeds: null, topics: 0 };
    return html`<div class="empty">
      <p>${T.empty}</p>
      ${feeds === null ? nothing : html`<p>${T.emptyProof(answering(feeds.byStatus), feeds.total, topics)}</p>`}
      <button type="button" @click=${() => this.#shell.go('/?since=P31D&not=')}>${T.clear}</button>
    </div>`;
  }
}

function openOriginal(address: string | null | undefined): void {
  if (address != null && /^https?:\/\//i.test(address)) open(address, '_blank', 'noopener,noreferrer');
}
