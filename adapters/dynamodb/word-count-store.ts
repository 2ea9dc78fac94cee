// How common words were, one small record a day for all processes and languages.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { StoredWordDay, WordCountStore } from '../../shared/ports.ts';
import type { DayOfWords } from '../../shared/stories/word-statistics.ts';
import { wordDayKey } from './keys.ts';
import { RecordReader } from './record.ts';
import type { Item, TableClient } from './table-client.ts';

/** Words that fit: six bytes each before compression, which saves a quarter. */
const MOST_BYTES = 28_000;
const BYTES_A_WORD = 6;

export class DynamoDbWordCountStore implements WordCountStore {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  async loadDays(days: readonly number[]): Promise<readonly StoredWordDay[]> {
    const records = await this.#table.getMany([...new Set(days)].map(wordDayKey), { consistent: false });
    return records.map(decodeDay);
  }

  replaceDay({ day, languages, version, savedAt }: StoredWordDay, expiresAt: number): Promise<boolean> {
    return this.#table.put({
      Item: {
        ...wordDayKey(day),
        type: 'wordDay',
        counts: packDay(cutToFit(languages)),
        version: version + 1,
        savedAt,
        expiresAt,
      },
      ...(version === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'version = :read', ExpressionAttributeValues: { ':read': version } }),
    });
  }
}

function decodeDay(record: Item): StoredWordDay {
  const reader = new RecordReader(record, 'of a day of words');
  const day = Number(record['sk']);
  return {
    day,
    languages: unpackDay(reader.bytes('counts'), day),
    version: reader.number('version'),
    savedAt: reader.string('savedAt'),
  };
}

/** The words that most documents hold, of all languages: an unseen word is about as rare as those that are left out. */
function cutToFit(languages: readonly DayOfWords[]): readonly DayOfWords[] {
  const most = Math.floor(MOST_BYTES / BYTES_A_WORD);
  const all = languages.flatMap(({ counts }) => counts.map(([, count]) => count));
  if (all.length <= most) return languages;
  const least = all.sort((a, b) => b - a)[most] ?? 0;
  return languages.map((each) => ({ ...each, counts: each.counts.filter(([, count]) => count > least) }));
}

/** `[language, documents, words]` as JSON, each followed by its words: 4 bytes of hash, 2 of count, ascending by hash. */
function packDay(languages: readonly DayOfWords[]): Uint8Array {
  const head = JSON.stringify(languages.map(({ language, documents, counts }) => [language, documents, counts.length]));
  const words = languages.map(({ counts }) => {
    const bytes = Buffer.alloc(counts.length * BYTES_A_WORD);
    for (const [at, [word, count]] of counts.toSorted(([a], [b]) => a - b).entries()) {
      bytes.writeInt32BE(word | 0, at * BYTES_A_WORD);
      bytes.writeUInt16BE(Math.min(count, 0xffff), at * BYTES_A_WORD + 4);
    }
    return bytes;
  });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(head));
  return deflateRawSync(Buffer.concat([length, Buffer.from(head), ...words]));
}

function unpackDay(packed: Uint8Array, day: number): readonly DayOfWords[] {
  const bytes = inflateRawSync(packed);
  const headLength = bytes.readUInt32BE(0);
  const head = JSON.parse(bytes.subarray(4, 4 + headLength).toString()) as [string, number, number][];
  let at = 4 + headLength;
  return head.map(([language, documents, words]) => {
    const counts = Array.from({ length: words }, (): readonly [number, number] => {
      const entry = [bytes.readInt32BE(at), bytes.readUInt16BE(at + 4)] as const;
      at += BYTES_A_WORD;
      return entry;
    });
    return { language, day, documents, counts };
  });
}
