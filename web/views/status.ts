// Status: is silence proven? What runs, what fails, what was sent last; and on a new installation, what to do first.
import { html, nothing, type TemplateResult } from 'lit';
import type { InstanceStatus } from '../../shared/model/status.ts';
import type { PublishedDelivery, PublishedSubscription } from '../../shared/model/subscription.ts';
import { answering } from '../answering.ts';
import { ApiError, get } from '../api.ts';
import { fullMoment, number } from '../format.ts';
import { loadingTemplate, timeTemplate } from '../parts.ts';
import { TEXTS } from '../texts.ts';
import type { Shell, View } from '../view.ts';

const T = TEXTS.status;
const ASKED_EVERY_MS = 30_000;
/** States of a delivery that the provider took. */
const ARRIVED = new Set(['sent', 'accepted', 'delivered', 'delayed']);

interface Finding {
  readonly what: string;
  readonly well: boolean;
  readonly says: string;
}

export function statusView(shell: Shell): View {
  return new Status(shell);
}

class Status implements View {
  readonly title = T.title;
  readonly #shell: Shell;
  #status: InstanceStatus | null = null;
  #findings: readonly Finding[] = [];
  #deliveries: readonly PublishedDelivery[] = [];
  #subscriptions: readonly PublishedSubscription[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;
  #request = new AbortController();

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  async open(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.#load().catch((error) => this.#shell.fail(error)), ASKED_EVERY_MS);
    await this.#load();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#request.abort();
  }

  async #load(): Promise<void> {
    const { signal } = this.#request;
    const [status, findings, machine, deliveries, subscriptions] = await Promise.all([
      get<InstanceStatus>('/v1/status', {}, signal),
      get<{ items: readonly Finding[] }>('/v1/findings', {}, signal),
      // Only a machine of one's own has it.
      get<{ findings: readonly Finding[] }>('/v1/machine', {}, signal).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return { findings: [] };
        throw error;
      }),
      get<{ items: readonly PublishedDelivery[] }>('/v1/deliveries', { limit: 50 }, signal),
      get<{ items: readonly PublishedSubscription[] }>('/v1/subscriptions', { limit: 50 }, signal),
    ]);
    this.#status = status;
    this.#findings = [...findings.items, ...machine.findings];
    this.#deliveries = deliveries.items;
    this.#subscriptions = subscriptions.items;
    this.#shell.draw();
  }

  template(): TemplateResult {
    const status = this.#status;
    if (status === null) return loadingTemplate(true) as TemplateResult;
    const unwell = this.#findings.filter(({ well }) => !well);
    const well = this.#findings.filter((finding) => finding.well);
    return html`<h1>${T.title}</h1>
      <p class="verdict">${unwell.length === 0 ? T.allWell : T.needsALook(unwell.length)}</p>
      <ul class="proof">
        ${this.#proofOf(status).map((line) => html`<li>${line}</li>`)}
      </ul>
      ${unwell.length === 0 ? nothing : html`<h2>${T.look}</h2>${findingsTemplate(unwell)}`}
      ${this.#firstStepsTemplate(status)}
      <h2>${T.rest}</h2>
      ${findingsTemplate(well)}`;
  }

  /** What makes silence mean that nothing happened. */
  #proofOf({
    time,
    feeds,
    topics,
    oldestPolledAt,
    due,
    oldestDueAt,
  }: InstanceStatus): readonly (string | TemplateResult)[] {
    const read = answering(feeds.byStatus);
    const last = this.#deliveries.find(({ state }) => ARRIVED.has(state));
    return [
      T.read(number(read), number(feeds.total)),
      ...(oldestPolledAt === null ? [] : [html`${T.everyFeed} ${timeTemplate(oldestPolledAt)}`]),
      ...(feeds.failing === 0
        ? [T.noneFailing]
        : [html`<a class="problem" href="/sources?failing=yes">${T.failing(feeds.failing)}</a>`]),
      ...(feeds.neverPolled === 0 ? [] : [T.neverPolled(feeds.neverPolled)]),
      T.topics(topics),
      due === 0 ? T.nothingWaits : html`${T.waits(due)} ${oldestDueAt === null ? nothing : timeTemplate(oldestDueAt)}`,
      last === undefined ? T.noAlertYet : html`${T.lastAlert} ${timeTemplate(last.sentAt ?? last.updatedAt)}`,
      T.clock(fullMoment(time)),
    ];
  }

  /** Until somebody gets alerts. */
  #firstStepsTemplate({ feeds, topics }: InstanceStatus): TemplateResult | typeof nothing {
    const isSubscribed = this.#subscriptions.some(({ state }) => state === 'active');
    const wasSent = this.#deliveries.some(({ state }) => ARRIVED.has(state));
    const steps: readonly (readonly [done: boolean, text: string, address: string])[] = [
      [feeds.total > feeds.neverPolled, T.steps.feeds, '/sources'],
      [topics > 0, T.steps.topics, '/'],
      [isSubscribed, T.steps.subscribe, '/deliveries/subscriptions'],
      [wasSent, T.steps.test, '/deliveries/subscriptions'],
    ];
    if (steps.every(([done]) => done)) return nothing;
    return html`<h2>${T.first}</h2>
      <ol class="steps">${steps.map(([done, text, address]) => html`<li>${done ? T.done : T.open} ${done ? text : html`<a href=${address}>${text}</a>`}</li>`)}</ol>`;
  }
}

const findingsTemplate = (findings: readonly Finding[]): TemplateResult =>
  html`<dl class="findings">${findings.map(({ what, well, says }) => html`<div><dt class=${well ? '' : 'problem'}>${what}</dt><dd dir="auto">${says}</dd></div>`)}</dl>`;
