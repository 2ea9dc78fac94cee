// Reads a sentence in which the evidence stands between « and », and says when it happened.
import { ReadDocument } from '../../../../shared/matching/document/read-document.ts';
import { eventTimes, type JudgedTime } from '../../../../shared/matching/event-time/event-times.ts';

/** The day that the examples were published. */
export const DAY = new Date('2023-05-10T12:00:00Z');

/** `marked`: a text, perhaps with a headline and ` | ` before it. The evidence is every word between « and », all of it one span. */
export function judge(marked: string, language: string, when: Date | null = DAY): JudgedTime {
  const [text = '', title = ''] = marked.split(' | ').reverse();
  const fields = [unmarked(title), unmarked(text)] as const;
  const read = new ReadDocument({ title: fields[0].text, text: fields[1].text, language });
  const tokens: number[] = [];
  for (let token = 0; token < read.count; token++) {
    const { ranges } = fields[token < read.titleCount ? 0 : 1];
    if (ranges.some(([from, to]) => read.starts[token]! >= from && read.starts[token]! < to)) tokens.push(token);
  }
  if (tokens.length === 0) throw new Error(`no word is marked in: ${marked}`);
  return eventTimes(read, when).of({ tokens });
}

function unmarked(marked: string): { readonly text: string; readonly ranges: readonly (readonly [number, number])[] } {
  const ranges: [number, number][] = [];
  let text = '';
  for (const [index, part] of marked.split(/[«»]/).entries()) {
    if (index % 2 === 1) ranges.push([text.length, text.length + part.length]);
    text += part;
  }
  return { text, ranges };
}
