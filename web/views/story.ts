// One story: its reports in time, the passages of the report that is open, who was told, and why it is here.
import { html, nothing, type TemplateResult } from 'lit';
import type { PublishedReport } from '../../shared/model/hit.ts';
import type { PublishedMatch } from '../../shared/model/match.ts';
import type { PublishedStory } from '../../shared/model/story.ts';
import type { PublishedDelivery } from '../../shared/model/subscription.ts';
import { get } from '../api.ts';
import { fullMoment } from '../format.ts';
import {
  linkTemplate,
  loadingTemplate,
  passageTemplate,
  severityTemplate,
  timeTemplate,
  webAddress,
} from '../parts.ts';
import { TEXTS } from '../texts.ts';
import type { KeyHelp, Shell, View } from '../view.ts';
import { fetchSubscriptions } from './delivery-tabs.ts';
import { changeTriage, stateOf, type Triage, type TriageChange } from './story-list.ts';

const T = TEXTS.story;
const MOST = 50;

type StoryWithReports = PublishedStory & {
  readonly triage: Triage | null;
  readonly matches?: readonly PublishedMatch[];
  readonly reports: { readonly items: readonly PublishedReport[]; readonly cursor: string | null };
};

export function storyView(shell: Shell): View {
  return new OneStory(shell);
}

class OneStory implements View {
  readonly #shell: Shell;
  #story: StoryWithReports | null = null;
  #deliveries: readonly PublishedDelivery[] = [];
  #subscribers: ReadonlyMap<string, string> = new Map();
  #report = '';
  #showsWhy = false;
  #mark = -1;
  #request = new AbortController();

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  get title(): string {
    return this.#story?.latestTitle ?? TEXTS.stories.title;
  }

  async open({ pathname, searchParams }: URL): Promise<void> {
    this.#request.abort();
    this.#request = new AbortController();
    const { signal } = this.#request;
    const id = decodeURIComponent(pathname.split('/').at(-1) ?? '');
    this.#report = searchParams.get('report') ?? '';
    this.#showsWhy = searchParams.get('why') === 'yes';
    this.#mark = -1;
    if (this.#story?.id !== id) {
      const [story, deliveries, subscriptions] = await Promise.all([
        get<StoryWithReports>(`/v1/stories/${encodeURIComponent(id)}`, { with: 'triage,matches', limit: MOST }, signal),
        get<{ items: readonly PublishedDelivery[] }>('/v1/deliveries', { story: id, limit: 100 }, signal),
        fetchSubscriptions(signal),
      ]);
      this.#subscribers = new Map(subscriptions.map((each) => [each.id as string, each.target]));
      [this.#story, this.#deliveries] = [story, deliveries.items];
      if (stateOf(story) === 'unread') this.#triage({ state: 'read' }, true);
    }
    this.#shell.draw();
  }

  close(): void {
    this.#request.abort();
  }

  #triage(change: TriageChange, isQuiet = false): void {
    const story = this.#story;
    if (story === null || !this.#shell.mayTriage()) return;
    const shell = isQuiet
      ? {
          ...this.#shell,
          say: () => {},
          draw: () => this.#shell.draw(),
          fail: (error: unknown) => this.#shell.fail(error),
        }
      : this.#shell;
    void changeTriage([story], change, shell as Shell, (_id, triage) => {
      this.#story = { ...(this.#story ?? story), triage };
    });
  }

  #current(): PublishedReport | undefined {
    const reports = this.#story?.reports.items ?? [];
    return reports.find(({ article }) => article === this.#report) ?? reports[0];
  }

  #goTo(change: { readonly report?: string; readonly why?: boolean }): void {
    const { report = this.#report, why = this.#showsWhy } = change;
    const parameters = new URLSearchParams({ ...(report === '' ? {} : { report }), ...(why ? { why: 'yes' } : {}) });
    const text = parameters.toString();
    this.#shell.go(`${location.pathname}${text === '' ? '' : `?${text}`}`, { replace: true });
  }

  #turnReport(by: number): void {
    const reports = this.#story?.reports.items ?? [];
    const at = reports.findIndex(({ article }) => article === this.#current()?.article);
    const next = reports[Math.min(Math.max(at + by, 0), reports.length - 1)];
    if (next !== undefined) this.#goTo({ report: next.article });
  }

  #turnMark(by: number): void {
    const marks = [...document.querySelectorAll<HTMLElement>('.report-text mark')];
    if (marks.length === 0) return;
    this.#mark = (this.#mark + by + marks.length) % marks.length;
    marks[this.#mark]?.scrollIntoView({ block: 'center' });
    for (const [place, mark] of marks.entries()) mark.classList.toggle('current', place === this.#mark);
  }

  get keys(): readonly KeyHelp[] {
    const K = TEXTS.keys;
    const original = (): void => {
      const address = webAddress(this.#current()?.url);
      if (address !== null) open(address, '_blank', 'noopener,noreferrer');
    };
    return [
      { keys: 'u', does: K.back, run: () => this.#shell.go('/') },
      {
        keys: 'm',
        does: K.read,
        run: () =>
          this.#triage({ state: this.#story !== null && stateOf(this.#story) === 'unread' ? 'read' : 'unread' }),
      },
      { keys: 's', does: K.keep, run: () => this.#triage({ state: 'kept' }) },
      { keys: 'e', does: K.dismiss, run: () => this.#triage({ state: 'dismissed', dismissedAs: 'not_relevant' }) },
      { keys: 'w', does: K.why, run: () => this.#goTo({ why: !this.#showsWhy }) },
      { keys: 'n', does: K.nextMark, run: () => this.#turnMark(1) },
      { keys: 'p', does: K.previousMark, run: () => this.#turnMark(-1) },
      { keys: ']', does: K.nextSource, run: () => this.#turnReport(1) },
      { keys: '[', does: K.previousSource, run: () => this.#turnReport(-1) },
      { keys: 'v', does: K.original, run: original },
    ];
  }

  #cite = async (): Promise<void> => {
    const report = this.#current();
    if (report === undefined) return;
    const passage = this.#matchesOf(report).flatMap(({ passages }) => passages)[0]?.text ?? '';
    const source = report.sources[0]?.title ?? '';
    await navigator.clipboard.writeText(
      `“${passage}” – ${report.title ?? ''}, ${source}, ${fullMoment(report.firstSeenAt)}, ${report.url ?? ''}`,
    );
    this.#shell.say(T.cited);
  };

  #matchesOf = ({ article }: PublishedReport): readonly PublishedMatch[] =>
    (this.#story?.matches ?? []).filter((match) => match.article.id === article);

  template(): TemplateResult {
    const story = this.#story;
    if (story === null) return html`${loadingTemplate(true)}`;
    const report = this.#current();
    return html`<p><a href="/">${T.back}</a></p>
      <h1 dir="auto">${story.latestTitle}</h1>
      <p class="meta">${severityTemplate(story.severity)} ${TEXTS.stories.reports(story.hits, story.texts)} ${timeTemplate(story.lastSeenAt)}</p>
      ${this.#triageTemplate(story)}
      <div class="with-side story-page">
        <aside aria-label=${T.timeline}>${this.#timelineTemplate(story, report)}</aside>
        <article>${report === undefined ? nothing : this.#reportTemplate(report)}</article>
      </div>
      ${this.#toldTemplate()}`;
  }

  #triageTemplate(story: StoryWithReports): TemplateResult | typeof nothing {
    const state = stateOf(story);
    const { triage } = story;
    const button = (name: string, change: TriageChange, isOn: boolean): TemplateResult =>
      html`<button type="button" aria-pressed=${isOn ? 'true' : 'false'} @click=${() => this.#triage(change)}>${name}</button>`;
    const said =
      triage === null
        ? nothing
        : html`<span class="meta">${TEXTS.triage.by(TEXTS.stories.triage[state] ?? state, triage.by, '')} ${timeTemplate(triage.at)}</span>`;
    if (!this.#shell.mayTriage())
      return triage === null ? nothing : html`<p>${said} <span dir="auto">${triage.note ?? ''}</span></p>`;
    const saveNote = (event: SubmitEvent): void => {
      event.preventDefault();
      const note = new FormData(event.target as HTMLFormElement).get('note');
      this.#triage({ state, dismissedAs: triage?.dismissedAs ?? null, note: String(note ?? '').trim() || null });
    };
    return html`<div class="actions">
        ${button(state === 'unread' ? TEXTS.triage.read : TEXTS.triage.unread, { state: state === 'unread' ? 'read' : 'unread' }, false)}
        ${button(TEXTS.triage.keep, { state: 'kept' }, state === 'kept')}
        ${button(TEXTS.triage.dismissNotRelevant, { state: 'dismissed', dismissedAs: 'not_relevant' }, triage?.dismissedAs === 'not_relevant')}
        ${button(TEXTS.triage.dismissDuplicate, { state: 'dismissed', dismissedAs: 'duplicate' }, triage?.dismissedAs === 'duplicate')}
        <button type="button" aria-expanded=${this.#showsWhy ? 'true' : 'false'} @click=${() => this.#goTo({ why: !this.#showsWhy })}>${T.why}</button>
        <button type="button" @click=${this.#cite}>${T.cite}</button>
        ${said}
      </div>
      <form class="note" @submit=${saveNote}>
        <label>${TEXTS.triage.note} <textarea name="note" rows="2" maxlength="2000" dir="auto" .value=${triage?.note ?? ''}></textarea></label>
        <button>${TEXTS.triage.saveNote}</button>
      </form>`;
  }

  #timelineTemplate({ reports }: StoryWithReports, current: PublishedReport | undefined): TemplateResult {
    return html`<h2>${T.timeline}</h2>
      <ol class="timeline">${reports.items.map(
        (report) => html`<li>
          <button type="button" aria-current=${report === current ? 'true' : nothing} @click=${() => this.#goTo({ report: report.article })}>
            <span dir="auto">${report.sources[0]?.title ?? report.article}</span>
            <span class="meta">${T.kinds[report.story.kind] ?? report.story.kind} · ${timeTemplate(report.firstSeenAt)}</span>
          </button>
        </li>`,
      )}</ol>`;
  }

  #reportTemplate(report: PublishedReport): TemplateResult {
    const matches = this.#matchesOf(report);
    return html`<h2>${linkTemplate(report.url, report.title ?? report.article)}</h2>
      <p class="meta" dir="auto">${report.sources.map(({ title }) => title).join(', ')} · ${fullMoment(report.firstSeenAt)}</p>
      ${reasonTemplate(report.story.reason)}
      <div class="report-text">
        ${matches.length === 0 ? html`<p class="meta">${T.noPassages}</p>` : matches.map((match) => this.#matchTemplate(match))}
      </div>`;
  }

  #matchTemplate(match: PublishedMatch): TemplateResult {
    return html`<section>
      <h3><span class="chip">${match.topic.title}</span></h3>
      ${match.passages.map((passage) => html`<p class="passage">${passageTemplate(passage)}</p>`)}
      ${
        this.#showsWhy
          ? html`<dl class="why">
              <div><dt>${T.clause}</dt><dd><code>${match.why}</code></dd></div>
              <div><dt>${T.strength}</dt><dd>${match.strength} · ${T.fromTexts[match.article.origin] ?? match.article.origin}</dd></div>
              <div><dt>${T.matchedAt}</dt><dd>${fullMoment(match.times.matchedAt)}</dd></div>
            </dl>`
          : nothing
      }
    </section>`;
  }

  #toldTemplate(): TemplateResult {
    return html`<section class="told">
      <h2>${T.told}</h2>
      ${
        this.#deliveries.length === 0
          ? html`<p class="meta">${T.toldNobody}</p>`
          : html`<ul>${this.#deliveries.map(
              (delivery) =>
                html`<li><b>${TEXTS.deliveries.states[delivery.state] ?? delivery.state}</b> <a href="/deliveries?subscription=${delivery.subscriptionId}">${this.#subscribers.get(delivery.subscriptionId) ?? delivery.subscriptionId}</a> <span class="meta">${TEXTS.channels[delivery.channel] ?? delivery.channel} · ${timeTemplate(delivery.createdAt)} ${delivery.reason === null ? nothing : html` · ${delivery.reason}`}</span></li>`,
            )}</ul>`
      }
      ${this.#showsWhy ? html`<p class="meta">${T.notYet}</p>` : nothing}
    </section>`;
  }
}

/** The deciding words stand between asterisks. */
const reasonTemplate = (reason: string): TemplateResult =>
  html`<p class="meta" dir="auto">${reason.split('*').map((part, place) => (place % 2 === 1 ? html`<b>${part}</b>` : part))}</p>`;
