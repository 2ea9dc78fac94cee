// Reads of a document what stories are made of: the words of title and lead, under keys that inflected forms share, with
// what is known of each; runs of words for finding copies; and what a number or a day in it counts.

import { multiplierOf } from '../text/numbers/multipliers.ts';
import { type FoundNumber, numbersIn } from '../text/numbers/numbers.ts';
import { isHanOrKana } from '../text/scripts.ts';
import { type Tokens, tokenizeBoth } from '../text/tokenize.ts';
import { isCaption } from './captions.ts';
import { type Form, FormReader } from './forms.ts';
import { type Label, labelsOf } from './labels.ts';
import { numberKey } from './rounded-numbers.ts';
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
  /** Of a word that moves a process on, the keys of all that mean the same: see `DecisiveWords`. None for other words. */
  readonly meaning: readonly number[];
  readonly isNumber: boolean;
  /** Of a number; 0 for other words. */
  readonly value: number;
  /** Of a number: it counts dead, hurt or missing people. */
  isToll: boolean;
  /** Of a number: it is somebody's age. */
  isAge: boolean;
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
  /** Keys of words by which a number in this language counts dead, hurt or missing people. */
  readonly tollWords: ReadonlySet<number>;
  /** The language has capital letters, which set names apart from other words. */
  readonly hasCapitals: boolean;
}

/** Reads documents and remembers their forms: keep one for many documents. */
export class DocumentReader {
  readonly #forms = new FormReader();

  read(whole: StoryDocument): ReadDocument {
    const document = isCaption(whole.text) ? { ...whole, text: '' } : whole;
    const tokens = tokenizeBoth(document.title, document.text, MOST_TOKENS);
    const title: (Form | null)[] = [];
    for (let i = 0; i < tokens.titleCount; i++) title.push(this.#formAt(i, document, tokens));
    const reading = new Reading(document, tokens, isTitleCase(title), this.#forms.tollWordsOf(document.language));
    let nextNumber = 0;
    for (let i = 0; i < tokens.count; i++) {
      const number = reading.numbers[nextNumber];
      if (number !== undefined && number.first <= i) {
        if (number.first === i) reading.addNumber(number);
        if (number.last === i) nextNumber++;
        continue;
      }
      const form = i < tokens.titleCount ? title[i]! : this.#formAt(i, document, tokens);
      if (form === null) continue;
      if (form.number === 0) reading.addForm(i, form);
      else {
        const inWords = this.#numberInWords(i, form, document, tokens);
        reading.addNumber(inWords);
        i = inWords.last;
      }
    }
    return reading.finished();
  }

  /** The number in words at the token, with the unit behind its tens (twenty-five) and what multiplies it (two million). */
  #numberInWords(first: number, { number }: Form, document: StoryDocument, tokens: TitledTokens): FoundNumber {
    let value = number;
    let last = first;
    const behind = (): Form | null =>
      last + 1 < tokens.count && last + 1 !== tokens.titleCount ? this.#formAt(last + 1, document, tokens) : null;
    const unit = value < 20 ? 0 : (behind()?.number ?? 0);
    if (unit > 0 && unit < 10) {
      value += unit;
      last += 1;
    }
    const next = behind();
    const factor = next === null ? undefined : multiplierOf(next.surface, document.language);
    return factor === undefined ? { first, last, value } : { first, last: last + 1, value: value * factor };
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
/** Behind somebody's age. */
const OF_AGE = /^[-‐‑ ]?(?:years?[- ]old|jährig|Jahre alt|ans?,|letni|летн|річн|yaşında)/u;
const AGE_WINDOW = 12;
/** Words between a number and what it counts: killed at least three, 20 people are missing. */
const TOLL_WITHIN = 4;
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
  readonly #tollWords: ReadonlySet<number>;
  #before = 0;
  #capitals = 0;
  #lastTollAt = Number.NEGATIVE_INFINITY;
  #lastNumber: ReadWord | null = null;
  #lastNumberAt = 0;

  constructor(document: StoryDocument, tokens: TitledTokens, isTitleCase: boolean, tollWords: ReadonlySet<number>) {
    this.#document = document;
    this.#tokens = tokens;
    this.#words = new WordTable(tokens.count);
    this.#runs = new RunsOfWords(tokens.count - tokens.titleCount);
    this.#isTitleCase = isTitleCase;
    this.#tollWords = tollWords;
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
    if (form.isToll) {
      if (this.#lastNumber !== null && i - this.#lastNumberAt <= TOLL_WITHIN) this.#lastNumber.isToll = true;
      this.#lastTollAt = i;
    }
    if (form.isCommon) return;
    const word = this.#wordOf(form, inTitle);
    if (form.isCapitalised && word.nameKey === 0 && this.#isName(i, inTitle, form)) word.nameKey = form.nameKey;
    if (inTitle) this.#title.push({ word, before, isCapitalised: form.isCapitalised && !this.#isTitleCase });
  }

  addNumber({ first, last, value }: FoundNumber): void {
    const inTitle = first < this.#tokens.titleCount;
    const surface = this.#fieldOf(first).slice(this.#tokens.starts[first]!, this.#tokens.ends[last]!);
    const key = numberKey(value);
    this.#runs.add(key, inTitle);
    const word = this.#wordOf({ surface, key, prior: NUMBER_SHARE, meaning: [], value }, inTitle);
    if (this.#isAge(first, last)) {
      word.isAge = true;
      this.#lastNumber = null;
    } else {
      word.isToll ||= first - this.#lastTollAt <= TOLL_WITHIN;
      this.#lastNumber = word;
      this.#lastNumberAt = last;
    }
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
      tollWords: this.#tollWords,
      hasCapitals: this.#capitals > 0,
    };
  }

  /** A mother, 36, …; a 36-year-old. */
  #isAge(first: number, last: number): boolean {
    const field = this.#fieldOf(first);
    const behind = field.slice(this.#tokens.ends[last]!, this.#tokens.ends[last]! + AGE_WINDOW);
    return OF_AGE.test(behind) || (behind.startsWith(',') && field.startsWith(', ', this.#tokens.starts[first]! - 2));
  }

  #fieldOf(i: number): string {
    return i < this.#tokens.titleCount ? this.#document.title : this.#document.text;
  }

  #wordOf(
    { surface, key, prior, meaning, value }: Pick<Form, 'surface' | 'key' | 'prior' | 'meaning'> & { value?: number },
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
      meaning,
      isNumber: value !== undefined,
      value: value ?? 0,
      isToll: false,
      isAge: false,
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
