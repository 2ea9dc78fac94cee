// Reads of a document what stories are made of: the words of title and lead, under keys that inflected forms share, with
// what is known of each; runs of words for finding copies; and what a number or a day in it counts.

import { hashText } from '../text/code-units.ts';
import { type FoundNumber, numbersIn } from '../text/numbers/numbers.ts';
import { isHanOrKana } from '../text/scripts.ts';
import { type Tokens, tokenizeBoth } from '../text/tokenize.ts';
import { type Form, FormReader } from './forms.ts';
import { type Label, labelsOf } from './labels.ts';
import { RunsOfWords } from './runs-of-words.ts';
import { WordTable } from './word-table.ts';

/** What a story is found and recognised by. */
export interface StoryDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** As `Article.language`. */
  readonly language: string;
  /** When it was published; where that is unknown, when it arrived. Milliseconds since 1970. */
  readonly timeMs: number;
  /** False where the time is a guess: the time since other reports then means nothing, and two hours are assumed. */
  readonly isTimeKnown: boolean;
}

/** Read of title and text together: the lead carries nearly all that tells events apart. Han characters are a token each. */
const MOST_TOKENS = 240;

export interface ReadWord {
  /** Hash of the stem: inflected forms share it. */
  readonly key: number;
  /** As the document writes it where it comes first. */
  readonly shown: string;
  /** Estimated share of documents that hold it, 0 to 1, by the shipped lists. */
  readonly prior: number;
  /** Hash of its first letters if it is a name, so that a country meets its people; 0 for other words. */
  nameKey: number;
  /** It moves a process on: see `DecisiveWords`. */
  readonly isDecisive: boolean;
  readonly isNumber: boolean;
  inTitle: boolean;
  count: number;
  /** In nats; 0 until the document is weighed. */
  information: number;
  /** All weights of a document together have length 1; 0 until it is weighed. */
  weight: number;
}

/** A word of the title in its place. */
export interface TitleWord {
  readonly word: ReadWord;
  /** Key of the form right before it, common words included; 0 at the beginning. */
  readonly before: number;
  /** Written with a capital where that tells something. */
  readonly isCapitalised: boolean;
}

export interface ReadDocument {
  readonly document: StoryDocument;
  /** The most common words are left out. */
  readonly words: WordTable<ReadWord>;
  /** In their order, each as often as it occurs there. */
  readonly title: readonly TitleWord[];
  readonly labels: readonly Label[];
  readonly runs: RunsOfWords;
  /** The language has capital letters, which set names apart from other words. */
  readonly hasCapitals: boolean;
}

/** Reads documents and remembers their forms: keep one for many documents. */
export class DocumentReader {
  readonly #forms = new FormReader();

  read(document: StoryDocument): ReadDocument {
    const tokens = tokenizeBoth(document.title, document.text, MOST_TOKENS);
    const title: (Form | null)[] = [];
    for (let i = 0; i < tokens.titleCount; i++) title.push(this.#formAt(i, document, tokens));
    const reading = new Reading(document, tokens, isTitleCase(title));
    let nextNumber = 0;
    for (let i = 0; i < tokens.count; i++) {
      const number = reading.numbers[nextNumber];
      if (number !== undefined && number.first <= i) {
        if (number.first === i) reading.addNumber(number);
        if (number.last === i) nextNumber++;
        continue;
      }
      const form = i < tokens.titleCount ? title[i]! : this.#formAt(i, document, tokens);
      if (form !== null) reading.addForm(i, form);
    }
    return reading.finished();
  }

  /** Of the token; of two characters of scripts that have no spaces; null for what is left out. */
  #formAt(i: number, document: StoryDocument, { starts, ends, hashes, titleCount }: TitledTokens): Form | null {
    const field = i < titleCount ? document.title : document.text;
    const [start, end] = [starts[i]!, ends[i]!];
    if (!isHanOrKana(field.codePointAt(start)!))
      return this.#forms.formAt(field, start, end, hashes[i]!, document.language);
    if (i === 0 || i === titleCount || ends[i - 1] !== start) return null;
    const pair = field.slice(starts[i - 1]!, end);
    return HIRAGANA_ONLY.test(pair) ? null : this.#forms.formOf(pair, document.language);
  }
}

type TitledTokens = Tokens & { readonly titleCount: number };

const DIGIT = /\p{Nd}/u;
const NO_NUMBERS: readonly FoundNumber[] = [];
const ENDS_SENTENCE = /[.!?:…"“”«»‘|—–\n]/;
const HIRAGANA_ONLY = /^[\u3041-\u309f\u30fc]+$/;
/** Share of documents that hold a certain number. */
const NUMBER_SHARE = 0.004;
/** From this share of capitalised words on, a title is written in capitals throughout, and they tell nothing. */
const TITLE_CASE_SHARE = 0.7;
const FEWEST_FOR_TITLE_CASE = 4;

/** One document on its way. */
class Reading {
  readonly numbers: readonly FoundNumber[];
  readonly #document: StoryDocument;
  readonly #tokens: TitledTokens;
  readonly #words: WordTable<ReadWord>;
  readonly #title: TitleWord[] = [];
  readonly #runs: RunsOfWords;
  readonly #isTitleCase: boolean;
  #before = 0;
  #capitals = 0;

  constructor(document: StoryDocument, tokens: TitledTokens, isTitleCase: boolean) {
    this.#document = document;
    this.#tokens = tokens;
    this.#words = new WordTable(tokens.count);
    this.#runs = new RunsOfWords(tokens.count - tokens.titleCount);
    this.#isTitleCase = isTitleCase;
    const hasDigit =
      DIGIT.test(document.title) || DIGIT.test(document.text.slice(0, tokens.ends[tokens.count - 1] ?? 0));
    this.numbers = hasDigit ? numbersIn({ ...tokens, document, languages: [document.language] }) : NO_NUMBERS;
  }

  addForm(i: number, form: Form): void {
    if (i === this.#tokens.titleCount) this.#before = 0;
    const inTitle = i < this.#tokens.titleCount;
    this.#runs.add(form.key, inTitle);
    const before = this.#before;
    this.#before = form.key;
    if (form.isCapitalised) this.#capitals += 1;
    if (form.isCommon) return;
    const word = this.#wordOf(form, false, inTitle);
    if (form.isCapitalised && word.nameKey === 0 && this.#isName(i, inTitle, form)) word.nameKey = form.nameKey;
    if (inTitle) this.#title.push({ word, before, isCapitalised: form.isCapitalised && !this.#isTitleCase });
  }

  addNumber({ first, last, value }: FoundNumber): void {
    const inTitle = first < this.#tokens.titleCount;
    const surface = this.#fieldOf(first).slice(this.#tokens.starts[first]!, this.#tokens.ends[last]!);
    const key = hashText(`#${value}`);
    this.#runs.add(key, inTitle);
    const word = this.#wordOf({ surface, key, prior: NUMBER_SHARE, isDecisive: false }, true, inTitle);
    if (inTitle) this.#title.push({ word, before: this.#before, isCapitalised: false });
    this.#before = key;
  }

  finished(): ReadDocument {
    return {
      document: this.#document,
      words: this.#words,
      title: this.#title,
      labels: labelsOf(this.#document),
      runs: this.#runs,
      hasCapitals: this.#capitals > 0,
    };
  }

  #fieldOf(i: number): string {
    return i < this.#tokens.titleCount ? this.#document.title : this.#document.text;
  }

  #wordOf(
    { surface, key, prior, isDecisive }: Pick<Form, 'surface' | 'key' | 'prior' | 'isDecisive'>,
    isNumber: boolean,
    inTitle: boolean,
  ): ReadWord {
    const known = this.#words.get(key);
    if (known !== undefined) {
      known.count += 1;
      known.inTitle ||= inTitle;
      return known;
    }
    const word = {
      key,
      shown: surface,
      prior,
      nameKey: 0,
      isDecisive,
      isNumber,
      inTitle,
      count: 1,
      information: 0,
      weight: 0,
    };
    this.#words.add(word);
    return word;
  }

  /**
   * A capital inside a sentence tells a name. Where capitals tell nothing, at the beginning of a sentence, in titles written in
   * capitals and in German, words that are in no list of frequent ones are taken for names.
   */
  #isName(i: number, inTitle: boolean, form: Form): boolean {
    const { starts, ends, titleCount } = this.#tokens;
    const tells =
      i !== 0 &&
      i !== titleCount &&
      !(inTitle && this.#isTitleCase) &&
      this.#document.language !== 'de' &&
      !ENDS_SENTENCE.test(this.#fieldOf(i).slice(ends[i - 1]!, starts[i]!));
    return tells || !form.isListed;
  }
}

function isTitleCase(title: readonly (Form | null)[]): boolean {
  let long = 0;
  let capitalised = 0;
  for (const form of title) {
    if (!form?.isLong) continue;
    long += 1;
    if (form.isCapitalised) capitalised += 1;
  }
  return long >= FEWEST_FOR_TITLE_CASE && capitalised >= TITLE_CASE_SHARE * long;
}
