/** Ranges of sentences, trimmed. */
export function splitSentences(text: string): readonly (readonly [start: number, end: number])[] {
  const ranges: [number, number][] = [];
  for (const match of text.matchAll(/[^\s](?:[^.!?。！？\n]|[.!?](?!["”’')\]]*\s+["“‘'(]?\p{Lu}))*[.!?。！？]*["”’')\]]*/gu)) {
    ranges.push([match.index, match.index + match[0].length]);
  }
  return ranges;
}
