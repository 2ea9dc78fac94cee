// Documents with what a reader says of them: `{ id, title, text, labels: { topic: bool }, borderline: [topic], passages: { topic: [sentence] } }`.
import { InvalidInputError } from '../../shared/core/errors.ts';
import type { LabelledDocument } from './score.ts';

/** `where`: the file and line, for the message. Throws InvalidInputError. */
export function labelledOf(
  id: string | number,
  title: string,
  { labels, borderline = [], passages = {} }: Readonly<Record<string, unknown>>,
  where: string,
): LabelledDocument {
  const isLabels = isRecord(labels) && Object.values(labels).every((label) => typeof label === 'boolean');
  const isPassages = isRecord(passages) && Object.values(passages).every(isTexts);
  if (!isLabels || !isTexts(borderline) || !isPassages) {
    const hint = 'labels: { "topic-id": true }, borderline: ["topic-id"], passages: { "topic-id": ["sentence"] }';
    throw new InvalidInputError('unreadable_line', `${where}: invalid labels, borderline or passages`, [
      `expected ${hint}`,
    ]);
  }
  return { id, title, labels, borderline, passages } as LabelledDocument;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');
