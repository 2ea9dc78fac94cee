// Deliveries: what became of each alert, with filters in the address, and sending again what did not arrive.
import { html, nothing, type TemplateResult } from 'lit';
import type { PublishedDelivery, PublishedSubscription } from '../../shared/model/subscription.ts';
import { get, post } from '../api.ts';
import { loadingTemplate, timeTemplate } from '../parts.ts';
import { TEXTS } from '../texts.ts';
import type { Shell, View } from '../view.ts';
import { fetchSubscriptions, tabsTemplate } from './delivery-tabs.ts';

const T = TEXTS.deliveries;
const PAGE = 50;
const FILTERS = ['state', 'channel', 'story', 'subscription', 'match', 'failed'] as const;
type FilterName = (typeof FILTERS)[number];

/** What may be sent again; complaints never are. */
const CAN_BE_SENT_AGAIN = new Set(['failed', 'bounced', 'suppressed', 'disabled']);
const NOT_ARRIVED = new Set([...CAN_BE_SENT_AGAIN, 'complained']);

interface Page {
  readonly items: readonly PublishedDelivery[];
  readonly cursor: string | null;
}

export function deliveriesView(shell: Shell): View {
  return new Deliveries(shell);
}

class Deliveries implements View {
  readonly title = T.title;
  readonly #shell: Shell;
  #filter: Partial<Record<FilterName, string>> = {};
  #items: readonly PublishedDelivery[] = [];
  #cursor: string | null = null;
  #subscriptions: ReadonlyMap<string, PublishedSubscription> = new Map();
  #isLoading = true;
  #request = new AbortController();

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  async open({ searchParams }: URL): Promise<void> {
    this.#filter = Object.fromEntries(
      FILTERS.flatMap((name) => (searchParams.has(name) ? [[name, searchParams.get(name)]] : [])),
    );
    this.#request.abort();
    this.#request = new AbortController();
    this.#isLoading = true;
    this.#shell.draw();
    const { signal } = this.#request;
    const [page, subscriptions] = await Promise.all([this.#ask(null), fetchSubscriptions(signal)]);
    this.#items = page.items;
    this.#cursor = page.cursor;
    this.#subscriptions = new Map(subscriptions.map((each) => [each.id as string, each]));
    this.#isLoading = false;
    this.#shell.draw();
  }

  close(): void {
    this.#request.abort();
  }

  #ask(cursor: string | null): Promise<Page> {
    return get('/v1/deliveries', { ...this.#filter, limit: PAGE, cursor: cursor ?? undefined }, this.#request.signal);
  }

  #more = async (): Promise<void> => {
    const cursor = this.#cursor;
    // Once for each page, however often the button is pressed.
    this.#cursor = null;
    this.#shell.draw();
    try {
      const page = await this.#ask(cursor);
      this.#items = [...this.#items, ...page.items];
      this.#cursor = page.cursor;
      this.#shell.draw();
    } catch (error) {
      this.#shell.fail(error);
    }
  };

  #goTo(name: FilterName, value: string): void {
    const wanted = { ...this.#filter, [name]: value };
    const parameters = new URLSearchParams(
      Object.entries(wanted).filter(([, text]) => text !== '' && text !== undefined),
    );
    this.#shell.go(`/deliveries${parameters.size === 0 ? '' : `?${parameters}`}`);
  }

  #resend = async (deliveries: readonly PublishedDelivery[]): Promise<void> => {
    try {
      const { redelivered, skipped } = await post<{
        readonly redelivered: readonly string[];
        readonly skipped: readonly { readonly why: string }[];
      }>('/v1/deliveries/redeliver', { ids: deliveries.map(({ id }) => id) });
      const [first] = skipped;
      this.#shell.say(
        [T.resent(redelivered.length), ...(first === undefined ? [] : [T.notResent(first.why)])].join(' '),
      );
      const page = await this.#ask(null);
      this.#items = page.items;
      this.#cursor = page.cursor;
      this.#shell.draw();
    } catch (error) {
      this.#shell.fail(error);
    }
  };

  template(): TemplateResult {
    const lost = this.#items.filter(({ state }) => CAN_BE_SENT_AGAIN.has(state));
    return html`<h1>${T.title}</h1>
      ${tabsTemplate('/deliveries')} ${this.#filtersTemplate()}
      ${lost.length > 1 && this.#shell.mayManage() ? html`<button type="button" @click=${() => this.#resend(lost)}>${T.resendAll(lost.length)}</button>` : nothing}
      ${loadingTemplate(this.#isLoading && this.#items.length === 0)}
      <ul class="deliveries">${this.#items.map((delivery) => this.#rowTemplate(delivery))}</ul>
      ${this.#items.length === 0 && !this.#isLoading ? html`<p class="empty">${T.empty}</p>` : nothing}
      ${this.#cursor === null ? nothing : html`<button type="button" @click=${this.#more}>${TEXTS.more}</button>`}`;
  }

  #filtersTemplate(): TemplateResult {
    const select = (
      name: 'state' | 'channel',
      values: readonly string[],
      labels: Readonly<Record<string, string>>,
      any: string,
    ): TemplateResult =>
      html`<select aria-label=${any} @change=${(event: Event) => this.#goTo(name, (event.target as HTMLSelectElement).value)}>
        <option value="" ?selected=${this.#filter[name] === undefined}>${any}</option>
        ${values.map((value) => html`<option value=${value} ?selected=${this.#filter[name] === value}>${labels[value] ?? value}</option>`)}
      </select>`;
    const chip = (name: FilterName): TemplateResult | typeof nothing =>
      this.#filter[name] === undefined
        ? nothing
        : html`<button type="button" class="chip" @click=${() => this.#goTo(name, '')}>${T.only[name] ?? name} ✕</button>`;
    return html`<form class="filters" @submit=${(event: Event) => event.preventDefault()}>
      ${select('state', Object.keys(T.states), T.states, T.anyState)} ${select('channel', Object.keys(TEXTS.channels), TEXTS.channels, T.anyChannel)}
      <button type="button" aria-pressed=${this.#filter.failed === 'true' ? 'true' : 'false'} @click=${() => this.#goTo('failed', this.#filter.failed === 'true' ? '' : 'true')}>${T.onlyFailed}</button>
      ${chip('story')} ${chip('subscription')} ${chip('match')}
    </form>`;
  }

  #rowTemplate(delivery: PublishedDelivery): TemplateResult {
    const { state, channel, createdAt, subscriptionId, storyId, topicId, attempts, reason, dueAt } = delivery;
    const to = this.#subscriptions.get(subscriptionId)?.target ?? subscriptionId;
    return html`<li class="source">
      <div class="row-head">
        <span class=${NOT_ARRIVED.has(state) ? 'state problem' : 'state'}>${T.states[state] ?? state}</span>
        <a dir="auto" href="/deliveries?subscription=${subscriptionId}">${to}</a>
      </div>
      ${reason === null ? nothing : html`<p dir="auto">${reason}</p>`}
      <p class="meta">
        <span>${TEXTS.channels[channel] ?? channel}</span> <span>${topicId}</span> ${timeTemplate(createdAt)}
        ${attempts > 1 ? html`<span>${T.tries(attempts)}</span>` : nothing}
        ${dueAt === null ? nothing : html`<span>${T.due} ${timeTemplate(dueAt)}</span>`}
        ${storyId === null ? nothing : html`<a href="/stories/${storyId}">${T.story}</a>`}
      </p>
      ${
        CAN_BE_SENT_AGAIN.has(state) && this.#shell.mayManage()
          ? html`<div class="actions"><button type="button" @click=${() => this.#resend([delivery])}>${T.resend}</button></div>`
          : nothing
      }
    </li>`;
  }
}
