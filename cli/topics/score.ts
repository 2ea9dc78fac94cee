// How well topics find what a reader labelled: precision, recall, F1, and whether the passages are the right ones.
//
// A pair of document and topic on which readers may disagree (`borderline`) is left out of every figure. A passage is right when it
// shares half the words of the shorter side, function words aside, with a labelled sentence, and when all passages together are at most
// four times as long as the labelled ones, so that showing everything does not count.

export interface LabelledDocument {
  readonly id: string | number;
  readonly title: string;
  readonly labels: Readonly<Record<string, boolean>>;
  readonly borderline: readonly string[];
  /** Topic -> the sentences that report it, the best one first. */
  readonly passages: Readonly<Record<string, readonly string[]>>;
}

/** Topic -> texts of the passages that the engine shows. */
export type Found = ReadonlyMap<string, readonly string[]>;

export interface Counts {
  readonly right: number;
  /** Found where a reader says no. */
  readonly wrong: number;
  readonly missed: number;
  readonly rejected: number;
  readonly borderline: number;
  /** Of `right`: with a passage that a reader would show, and with the best such passage. */
  readonly passage: number;
  readonly best: number;
}

/** Shares from 0 to 1; null when there is nothing to divide by. */
export interface Rates {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number;
  readonly passage: number | null;
  readonly best: number | null;
}

export interface Miss {
  readonly kind: 'missed' | 'wrong' | 'passage';
  readonly topic: string;
  readonly id: string | number;
  readonly title: string;
  readonly shown: string | null;
  readonly labelled: string | null;
}

const NOTHING: Counts = { right: 0, wrong: 0, missed: 0, rejected: 0, borderline: 0, passage: 0, best: 0 };

export class Score {
  readonly topics: ReadonlyMap<string, { counts: Counts }>;
  readonly misses: Miss[] = [];
  documents = 0;

  constructor(topics: Iterable<string>) {
    this.topics = new Map([...topics].map((topic) => [topic, { counts: NOTHING }]));
  }

  add(document: LabelledDocument, found: Found): void {
    this.documents += 1;
    for (const [topic, row] of this.topics) {
      if (document.labels[topic] === undefined && !document.borderline.includes(topic)) continue;
      row.counts = sum(row.counts, this.#judge(document, topic, found.get(topic)));
    }
  }

  get total(): Counts {
    return [...this.topics.values()].reduce((total, { counts }) => sum(total, counts), NOTHING);
  }

  #judge(document: LabelledDocument, topic: string, shown: readonly string[] | undefined): Partial<Counts> {
    if (document.borderline.includes(topic)) return { borderline: 1 };
    const labelled = document.passages[topic] ?? [];
    const note = (kind: Miss['kind']): void => {
      const { id, title } = document;
      this.misses.push({ kind, topic, id, title, shown: shown?.[0] ?? null, labelled: labelled[0] ?? null });
    };
    if (document.labels[topic] !== true) {
      if (shown === undefined) return { rejected: 1 };
      note('wrong');
      return { wrong: 1 };
    }
    if (shown === undefined) {
      note('missed');
      return { missed: 1 };
    }
    const isRight = isPassageRight(shown, labelled);
    if (!isRight) note('passage');
    return { right: 1, passage: Number(isRight), best: Number(isPassageRight(shown, labelled.slice(0, 1))) };
  }
}

export function ratesOf({ right, wrong, missed, passage, best }: Counts): Rates {
  return {
    precision: share(right, right + wrong),
    recall: share(right, right + missed),
    f1: share(2 * right, 2 * right + wrong + missed) ?? 0,
    passage: share(passage, right),
    best: share(best, right),
  };
}

/** 95 % interval of a share (Wilson 1927): honest for the small counts that labelled sets have. Null without a case. */
export function intervalOf(hits: number, cases: number): readonly [from: number, to: number] | null {
  if (cases === 0) return null;
  const z = 1.96;
  const p = hits / cases;
  const scale = 1 + z ** 2 / cases;
  const centre = (p + z ** 2 / (2 * cases)) / scale;
  const reach = (z / scale) * Math.sqrt((p * (1 - p)) / cases + z ** 2 / (4 * cases ** 2));
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
}

/** Fewer words than these are never too much to show. */
const ALWAYS_SHORT = 60;

export function isPassageRight(shown: readonly string[], labelled: readonly string[]): boolean {
  const all = wordsOf(shown.join('\n'));
  const most = Math.max(4 * wordsOf(labelled.join('\n')).size, ALWAYS_SHORT);
  if (all.size > most) return false;
  const sentences = labelled.map(wordsOf);
  return shown.map(wordsOf).some((passage) => sentences.some((sentence) => shareHalf(passage, sentence)));
}

/** Never when one of them has no words. */
function shareHalf(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const common = [...a].filter((word) => b.has(word)).length;
  return common > 0 && 2 * common >= Math.min(a.size, b.size);
}

/** Words that any two English sentences share. */
const FUNCTION_WORDS = new Set([
  ...['a', 'an', 'the', 'this', 'its', 'his', 'her', 'their', 'it', 'that', 'which', 'who'],
  ...['and', 'or', 'but', 'not', 'than', 'as', 'more', 'after', 'about', 'by', 'from', 'for', 'of', 'to', 'in', 'into'],
  ...['on', 'over', 'at', 'with', 'is', 'are', 'was', 'were', 'be', 'been', 'have', 'has', 'had', 'will', 'would'],
  ...['said', 'says'],
]);
const HAN = /[\u3400-\u9fff]/;

/** Distinct words; a row of Chinese characters counts as its pairs. */
function wordsOf(text: string): ReadonlySet<string> {
  const words =
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(
    words.flatMap((word) => {
      if (!HAN.test(word) || word.length === 1) return FUNCTION_WORDS.has(word) ? [] : [word];
      return Array.from({ length: word.length - 1 }, (_, index) => word.slice(index, index + 2));
    }),
  );
}

function sum(a: Counts, b: Partial<Counts>): Counts {
  const keys = Object.keys(a) as (keyof Counts)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + (b[key] ?? 0)])) as unknown as Counts;
}

const share = (hits: number, cases: number): number | null => (cases === 0 ? null : hits / cases);
