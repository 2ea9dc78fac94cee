// What recognises a story's next report, as bytes: a short JSON text, then all lists of numbers as they are in memory. A document is compared with ten
// stories, so reading must be fast; numbers without a pattern hardly get smaller by compression, which takes ten times as long.
import { inflateRawSync } from 'node:zlib';
import type { ReportRecord, StoryRecord, TitleKey } from '../../shared/stories/story-record.ts';

/** A record of another version attracts nothing. */
const VERSION = 2;
const FIRST_VERSION = 1;
/** Several times what the fullest story takes. */
const LARGEST_BYTES = 256 * 1024;
const BYTES_OF_NUMBER = 4;
const NUMBERS_OF_TITLE_KEY = 4;

interface Report {
  readonly length: number;
  readonly isWhole: boolean;
  /** Null where the sample has no places. */
  readonly words: number | null;
}

type Lists = 'lookupKeys' | 'centroidKeys' | 'centroidWeights' | 'known' | 'names';

interface Frame extends Omit<StoryRecord, Lists | 'newest'> {
  readonly version: number;
  readonly newest: readonly Report[];
  /** How long each of the lists is. */
  readonly sizes: readonly number[];
}

export function packStory(record: StoryRecord): Uint8Array {
  const { lookupKeys, centroidKeys, centroidWeights, known, names, newest, ...others } = record;
  const lists = [
    Int32Array.from(lookupKeys),
    Int32Array.from(centroidKeys),
    Float32Array.from(centroidWeights),
    Int32Array.from(known),
    Int32Array.from(names),
    ...newest.flatMap(listsOf),
  ];
  const frame: Frame = {
    ...others,
    version: VERSION,
    newest: newest.map(({ length, sample }) => ({
      length,
      isWhole: sample.isWhole,
      words: sample.words ?? null,
    })),
    sizes: lists.map((list) => list.length),
  };
  const text = Buffer.from(JSON.stringify(frame));
  const size = Buffer.alloc(BYTES_OF_NUMBER);
  size.writeUInt32LE(text.length);
  return Buffer.concat([
    size,
    text,
    ...lists.map(({ buffer, byteLength }) => new Uint8Array(buffer as ArrayBuffer, 0, byteLength)),
  ]);
}

function listsOf({ keys, weights, sample, title }: ReportRecord): (Int32Array | Float32Array)[] {
  return [
    Int32Array.from(keys),
    Float32Array.from(weights),
    Int32Array.from(sample.hashes),
    Int32Array.from(sample.places ?? []),
    Int32Array.from(
      title.flatMap(({ key, before, nameKey, isRepeated }) => [key, before, nameKey, Number(isRepeated)]),
    ),
  ];
}

/** Null for a version that is not known. Throws where the bytes are no story. */
export function unpackStory(bytes: Uint8Array): StoryRecord | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = BYTES_OF_NUMBER + view.getUint32(0, true);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, end).toString('utf8', BYTES_OF_NUMBER);
  const { version, newest, sizes, ...others } = JSON.parse(text) as Frame;
  if (version !== VERSION) return null;
  const reader = new ListReader(view, end, sizes);
  return {
    ...others,
    lookupKeys: reader.integers(),
    centroidKeys: reader.integers(),
    centroidWeights: reader.fractions(),
    known: reader.integers(),
    names: reader.integers(),
    newest: newest.map(({ length, isWhole, words }) => {
      const [keys, weights, hashes, places] = [
        reader.integers(),
        reader.fractions(),
        reader.integers(),
        reader.integers(),
      ];
      const sample = words === null ? { hashes, isWhole } : { hashes, places, words, isWhole };
      return { keys, weights, length, sample, title: titleOf(reader.integers()) };
    }),
  };
}

function titleOf(numbers: readonly number[]): readonly TitleKey[] {
  const title: TitleKey[] = [];
  for (let at = 0; at < numbers.length; at += NUMBERS_OF_TITLE_KEY) {
    const [key, before, nameKey, isRepeated] = numbers.slice(at, at + NUMBERS_OF_TITLE_KEY) as [
      number,
      number,
      number,
      number,
    ];
    title.push({ key, before, nameKey, isRepeated: isRepeated === 1 });
  }
  return title;
}

/** Reads one list after the other. Plain arrays come out, with which comparing is fastest. */
class ListReader {
  readonly #view: DataView;
  readonly #sizes: readonly number[];
  #at: number;
  #next = 0;

  constructor(view: DataView, start: number, sizes: readonly number[]) {
    this.#view = view;
    this.#at = start;
    this.#sizes = sizes;
  }

  integers(): readonly number[] {
    const numbers: number[] = [];
    for (const end = this.#end(); this.#at < end; this.#at += BYTES_OF_NUMBER)
      numbers.push(this.#view.getInt32(this.#at, true));
    return numbers;
  }

  fractions(): readonly number[] {
    const numbers: number[] = [];
    for (const end = this.#end(); this.#at < end; this.#at += BYTES_OF_NUMBER)
      numbers.push(this.#view.getFloat32(this.#at, true));
    return numbers;
  }

  #end(): number {
    return this.#at + BYTES_OF_NUMBER * this.#sizes[this.#next++]!;
  }
}

/** What was stored before there were packed numbers: compressed JSON. Null for a version that is not known. */
export function unpackCompressedStory(bytes: Uint8Array): StoryRecord | null {
  const text = inflateRawSync(bytes, { maxOutputLength: LARGEST_BYTES }).toString();
  const { version, record } = JSON.parse(text) as { version: number; record: StoryRecord };
  return version === FIRST_VERSION ? record : null;
}
