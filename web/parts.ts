// Small pieces that several views show. Foreign text is always a text node.
import { html, nothing, type TemplateResult } from 'lit';
import type { Passage } from '../shared/model/match.ts';
import { cutAtHighlights } from '../shared/model/passage-cuts.ts';
import { ago, fullMoment } from './format.ts';
import { TEXTS } from './texts.ts';

export const passageTemplate = (passage: Passage): TemplateResult =>
  html`<span dir="auto">${cutAtHighlights(passage).map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text))}</span>`;

export const timeTemplate = (instant: string): TemplateResult =>
  html`<time datetime=${instant} title=${fullMoment(instant)}>${ago(instant)}</time>`;

/** Only addresses of the web become links: a feed may bring `javascript:`. */
export const webAddress = (address: string | null | undefined): string | null =>
  address != null && /^https?:\/\//i.test(address) ? address : null;

export function linkTemplate(address: string | null | undefined, text: string, name = 'head'): TemplateResult {
  const href = webAddress(address);
  if (href === null) return html`<span class=${name} dir="auto">${text}</span>`;
  return html`<a class=${name} dir="auto" href=${href} target="_blank" rel="noopener noreferrer nofollow">${text}</a>`;
}

export const severityTemplate = (severity: string): TemplateResult =>
  html`<span class="severity severity-${severity}">${TEXTS.severity[severity] ?? severity}</span>`;

export const loadingTemplate = (isLoading: boolean): TemplateResult | typeof nothing =>
  isLoading ? html`<p class="meta" role="status">${TEXTS.loading}</p>` : nothing;

/** Bars by day as a picture with a title, and the same numbers as a table for those who cannot see it. */
export function barsTemplate(
  bars: readonly { readonly day: string; readonly name: string; readonly count: number; readonly isChosen: boolean }[],
  texts: {
    readonly title: string;
    readonly of: (name: string, count: number) => string;
    readonly day: string;
    readonly number: string;
  },
  choose: (day: string) => void,
): TemplateResult {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return html`<figure class="bars">
    <figcaption class="hidden">${texts.title}</figcaption>
    <div class="bar-row" role="group" aria-label=${texts.title}>
      ${bars.map(
        ({ day, name, count, isChosen }) => html`<button
          type="button"
          class="bar"
          aria-pressed=${isChosen ? 'true' : 'false'}
          title=${texts.of(name, count)}
          aria-label=${texts.of(name, count)}
          @click=${() => choose(day)}
        ><svg viewBox="0 0 10 40" preserveAspectRatio="none" aria-hidden="true"><rect x="0" width="10" y=${40 - (40 * count) / most} height=${(40 * count) / most}></rect></svg></button>`,
      )}
    </div>
    <table class="hidden">
      <caption>${texts.title}</caption>
      <tr><th scope="col">${texts.day}</th><th scope="col">${texts.number}</th></tr>
      ${bars.map(({ name, count }) => html`<tr><th scope="row">${name}</th><td>${count}</td></tr>`)}
    </table>
  </figure>`;
}
