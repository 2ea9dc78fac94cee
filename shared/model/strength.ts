// How much of an article a topic is: strength, prominence, and the features that they are made of.

/** From the least on. `weak`: mentioned in passing; stored, and alerted only to those who ask for it. */
export const STRENGTHS = ['weak', 'fair', 'strong'] as const;
export type Strength = (typeof STRENGTHS)[number];

export const isAtLeast = (strength: Strength, wanted: Strength): boolean =>
  STRENGTHS.indexOf(strength) >= STRENGTHS.indexOf(wanted);

/** Where the earliest evidence stands. `lead`: the first three sentences of the main text, or the summary of the feed. */
export const PROMINENCES = ['headline', 'lead', 'body'] as const;
export type Prominence = (typeof PROMINENCES)[number];

/** The best of the evidence: what happens now comes before its background, and that before history. */
export type EvidenceTime = 'now' | 'background' | 'history';

/** `brief`: no more than a headline and a summary. `long`: a whole report. */
export type TextLength = 'brief' | 'medium' | 'long';

/** What can be said of a match by anyone who reads it. The weights: shared/matching/strength/weights.ts. */
export interface MatchFeatures {
  readonly prominence: Prominence;
  readonly time: EvidenceTime;
  /** Distinct sentences with evidence, the headline among them; no more than eight are counted. */
  readonly sentences: number;
  /** Rules of the topic that hold; no more than eight are counted. */
  readonly rules: number;
  /** A state, an army or an international body is named in a sentence with evidence. */
  readonly namesPower: boolean;
  /** Matched words in a hundred words of the document, to a tenth; at most three. */
  readonly density: number;
  readonly length: TextLength;
  /** The same passages show a neighbouring topic, and show it better. */
  readonly neighbourFitsBetter: boolean;
}
