// Subscriptions: who gets alerts of what, a form for every channel, tests, mutes, and leaving.
import { html, nothing, type TemplateResult } from 'lit';
import type { PublishedSubscription } from '../../shared/model/subscription.ts';
import { ApiError, get, patch, post, remove } from '../api.ts';
import { loadingTemplate, timeTemplate } from '../parts.ts';
import { TEXTS } from '../texts.ts';
import type { Shell, View } from '../view.ts';
import { fetchSubscriptions, tabsTemplate } from './delivery-tabs.ts';

const T = TEXTS.subscriptions;
/** Those that a form can ask for; `sns-email` is made by the deployment. */
const CHANNELS = ['email', 'slack', 'teams', 'discord', 'telegram', 'ntfy', 'webhook'] as const;
type Channel = (typeof CHANNELS)[number];
const DIGESTS = ['none', 'hourly', 'daily', 'weekly'] as const;
const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
const FOLLOW = ['first', 'significant', 'all'] as const;

interface Topic {
  readonly id: string;
  readonly title: string;
}

type Subscribed = PublishedSubscription & {
  readonly outcome: string;
  readonly isAsked: boolean;
  readonly signingKey?: string;
};

export function subscriptionsView(shell: Shell): View {
  return new Subscriptions(shell);
}

class Subscriptions implements View {
  readonly title = T.title;
  readonly #shell: Shell;
  #subscriptions: readonly PublishedSubscription[] = [];
  #topics: readonly Topic[] = [];
  #isLoading = true;
  #channel: Channel = 'email';
  #problem: ApiError | null = null;
  /** Shown this once. */
  #signingKey = '';
  #said = '';
  #toEnd = '';
  #isBusy = false;
  #request = new AbortController();

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  async open({ searchParams }: URL): Promise<void> {
    const channel = searchParams.get('channel');
    const wanted = CHANNELS.find((each) => each === channel) ?? 'email';
    if (wanted !== this.#channel) {
      this.#problem = null;
      this.#said = '';
      this.#signingKey = '';
    }
    this.#channel = wanted;
    this.#shell.draw();
    if (this.#isLoading) await this.#load();
  }

  close(): void {
    this.#request.abort();
  }

  async #load(): Promise<void> {
    const { signal } = this.#request;
    const [subscriptions, topics] = await Promise.all([
      fetchSubscriptions(signal),
      get<{ items: readonly Topic[] }>('/v1/topics', {}, signal),
    ]);
    this.#subscriptions = subscriptions;
    this.#topics = topics.items;
    this.#isLoading = false;
    this.#shell.draw();
  }

  async #change(work: () => Promise<unknown>, said: string): Promise<void> {
    try {
      await work();
      this.#shell.say(said);
      await this.#load();
    } catch (error) {
      this.#shell.fail(error);
    }
  }

  #subscribe = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const fields = new FormData(form);
    const text = (name: string): string => String(fields.get(name) ?? '').trim();
    const chosen = (name: string, usual: string) => (text(name) === usual ? {} : { [name]: text(name) });
    this.#problem = null;
    this.#said = '';
    this.#signingKey = '';
    this.#isBusy = true;
    this.#shell.draw();
    try {
      const made = await post<Subscribed>('/v1/subscriptions', {
        channel: this.#channel,
        target: text('target'),
        topics: fields.getAll('topics').map(String),
        ...(text('chat') === '' ? {} : { chat: text('chat') }),
        ...(text('token') === '' ? {} : { token: text('token') }),
        ...chosen('minSeverity', 'low'),
        ...chosen('digest', 'none'),
        ...chosen('follow', 'significant'),
        ...(text('quietFrom') === '' && text('quietUntil') === ''
          ? {}
          : { quietHours: { from: text('quietFrom'), until: text('quietUntil') } }),
        ...(text('quietFrom') === '' && text('quietUntil') === '' && text('digest') === 'none'
          ? {}
          : { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
      });
      this.#signingKey = made.signingKey ?? '';
      this.#said = made.isAsked ? T.isAsked(made.target) : (T.outcomes[made.outcome] ?? made.outcome);
      form.reset();
      if (fields.get('test') === 'on' && !made.isAsked) await this.#test(made);
      await this.#load();
    } catch (error) {
      if (error instanceof ApiError) this.#problem = error;
      else this.#shell.fail(error);
    }
    this.#isBusy = false;
    this.#shell.draw();
  };

  async #sendTest({ id, target }: PublishedSubscription): Promise<void> {
    await post(`/v1/subscriptions/${id}/test`);
    this.#shell.say(T.tested(target));
  }

  #test = async (subscription: PublishedSubscription): Promise<void> => {
    try {
      await this.#sendTest(subscription);
    } catch (error) {
      this.#shell.fail(error);
    }
  };

  #end(subscription: PublishedSubscription): void {
    this.#toEnd = '';
    void this.#change(() => remove(`/v1/subscriptions/${subscription.id}`), T.ended(subscription.target));
  }

  #set(subscription: PublishedSubscription, change: object): void {
    void this.#change(() => patch(`/v1/subscriptions/${subscription.id}`, change), T.changed(subscription.target));
  }

  #unmute(subscription: PublishedSubscription, mute: { readonly kind: string; readonly value: string }): void {
    const which = new URLSearchParams({ kind: mute.kind, value: mute.value });
    void this.#change(() => remove(`/v1/subscriptions/${subscription.id}/mutes?${which}`), T.unmuted);
  }

  // ---------------------------------------------------------------- what is shown

  template(): TemplateResult {
    return html`<h1>${T.title}</h1>
      ${tabsTemplate('/deliveries/subscriptions')}
      ${this.#shell.mayTriage() ? this.#formTemplate() : nothing}
      <h2>${T.existing(this.#subscriptions.length)}</h2>
      ${loadingTemplate(this.#isLoading)}
      <ul class="subscriptions">${this.#subscriptions.map((subscription) => this.#rowTemplate(subscription))}</ul>`;
  }

  #formTemplate(): TemplateResult {
    const channel = this.#channel;
    const select = (
      name: string,
      label: string,
      values: readonly string[],
      labels: Readonly<Record<string, string>>,
      chosen: string,
    ): TemplateResult =>
      html`<label>${label} <select name=${name}>${values.map((value) => html`<option value=${value} ?selected=${value === chosen}>${labels[value] ?? value}</option>`)}</select></label>`;
    return html`<details class="subscribe" ?open=${this.#subscriptions.length === 0 || this.#problem !== null || this.#said !== ''}>
      <summary>${T.subscribe}</summary>
      <div class="group" role="group" aria-label=${T.channel}>${CHANNELS.map(
        (each) =>
          html`<button type="button" aria-pressed=${each === channel ? 'true' : 'false'} @click=${() => this.#shell.go(`/deliveries/subscriptions?channel=${each}`, { replace: true })}>${TEXTS.channels[each]}</button>`,
      )}</div>
      <form class="fields" @submit=${this.#subscribe}>
        <label>${T.targets[channel]} <input name="target" required autocomplete="off" dir="ltr" /></label>
        ${channel === 'telegram' ? html`<label>${T.chat} <input name="chat" autocomplete="off" /></label>` : nothing}
        ${channel === 'ntfy' ? html`<label>${T.token} <input name="token" type="password" autocomplete="off" /></label>` : nothing}
        <label>${T.topics} <select name="topics" multiple size="6" required><option value="*" selected>${T.allTopics}</option>${this.#topics.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}</select></label>
        <p class="meta">${T.topicsHelp}</p>
        <details><summary>${T.more}</summary>
          ${select('minSeverity', T.minSeverity, SEVERITIES, TEXTS.severity, 'low')}
          ${select('follow', T.follow, FOLLOW, T.followLevels, 'significant')}
          ${select('digest', T.digest, DIGESTS, T.digests, 'none')}
          <label>${T.quietFrom} <input name="quietFrom" type="time" /></label>
          <label>${T.quietUntil} <input name="quietUntil" type="time" /></label>
        </details>
        <label class="check"><input type="checkbox" name="test" checked /> ${T.withTest}</label>
        <button ?disabled=${this.#isBusy}>${T.subscribe}</button>
        <div role="status">
          ${this.#problem === null ? nothing : html`<p class="problem">${this.#problem.message}</p>${this.#problem.help.map((line) => html`<p class="meta">${line}</p>`)}`}
          ${this.#said === '' ? nothing : html`<p dir="auto">${this.#said}</p>`}
          ${this.#signingKey === '' ? nothing : html`<p>${T.signingKey} <code>${this.#signingKey}</code> <button type="button" @click=${this.#copyKey}>${T.copy}</button></p>`}
        </div>
      </form>
    </details>`;
  }

  #copyKey = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.#signingKey);
      this.#shell.say(T.copied);
    } catch (error) {
      this.#shell.fail(error);
    }
  };

  #rowTemplate(subscription: PublishedSubscription): TemplateResult {
    const { id, target, channel, state, topics, digest, minSeverity, mutes } = subscription;
    return html`<li class="source">
      <div class="row-head"><span class=${state === 'active' ? 'state' : 'state problem'}>${T.states[state] ?? state}</span> <b dir="auto">${target}</b></div>
      <p class="meta">
        <span>${TEXTS.channels[channel] ?? channel}</span>
        ${topics.map((topic) => html`<span class="chip">${topic === '*' ? T.allTopics : this.#topicTitle(topic)}</span>`)}
        <span>${T.digests[digest] ?? digest}</span> ${minSeverity === 'low' ? nothing : html`<span>${T.from(TEXTS.severity[minSeverity] ?? minSeverity)}</span>`}
        <a href="/deliveries?subscription=${id}">${T.itsDeliveries}</a>
      </p>
      ${mutes.map((mute) => html`<p class="meta" dir="auto">${T.muted(mute.value)} ${timeTemplate(mute.until)} ${this.#shell.mayTriage() ? html`<button type="button" @click=${() => this.#unmute(subscription, mute)}>${T.unmute}</button>` : nothing}</p>`)}
      ${this.#shell.mayTriage() ? this.#actionsTemplate(subscription) : nothing}
    </li>`;
  }

  #topicTitle = (id: string): string => this.#topics.find((topic) => topic.id === id)?.title ?? id;

  #actionsTemplate(subscription: PublishedSubscription): TemplateResult {
    if (this.#toEnd === subscription.id)
      return html`<div class="actions" role="group">
        <span>${T.askEnd}</span>
        <button type="button" @click=${() => this.#end(subscription)}>${T.yesEnd}</button>
        <button type="button" @click=${() => this.#askEnd('')}>${TEXTS.sources.no}</button>
      </div>`;
    const changed = (name: string) => (event: Event) =>
      this.#set(subscription, { [name]: (event.target as HTMLSelectElement).value });
    return html`<div class="actions">
      ${subscription.state === 'active' ? html`<button type="button" @click=${() => this.#test(subscription)}>${T.test}</button>` : nothing}
      <select aria-label=${T.digest} @change=${changed('digest')}>${DIGESTS.map((each) => html`<option value=${each} ?selected=${each === subscription.digest}>${T.digests[each]}</option>`)}</select>
      <select aria-label=${T.minSeverity} @change=${changed('minSeverity')}>${SEVERITIES.map((each) => html`<option value=${each} ?selected=${each === subscription.minSeverity}>${T.from(TEXTS.severity[each] ?? each)}</option>`)}</select>
      <button type="button" @click=${() => this.#askEnd(subscription.id)}>${T.end}</button>
    </div>`;
  }

  #askEnd(id: string): void {
    this.#toEnd = id;
    this.#shell.draw();
  }
}
