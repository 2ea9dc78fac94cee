// What is known of a written form, whatever document it is in: the key it shares with its inflected forms, how common it is,
// and how it is written.

import { hashText } from '../text/code-units.ts';
import { commonness, isFrequent, isVeryCommon } from '../text/common-words.ts';
import { foldWord, joinedInitials } from '../text/fold.ts';
import { numberInWords } from '../text/numbers/number-words.ts';
import { isHangul, isHanOrKana } from '../text/scripts.ts';
import { stemsOf } from '../text/stemming.ts';
import { DecisiveWords } from './decisive-words.ts';

export interface Form {
  /** As it is written. */
  readonly surface: string;
  readonly key: number;
  /** Of its first letters: Israel and Israeli share it. */
  readonly nameKey: number;
  /** Estimated share of documents whose title or lead holds it, by the shipped lists. */
  readonly prior: number;
  /** One of the most common words of its language: it says nothing about an event. */
  readonly isCommon: boolean;
  /** It or its stem is in the list of frequent words of its language. */
  readonly isListed: boolean;
  readonly isCapitalised: boolean;
  /** It has so many letters that a capital shows how a headline is written. */
  readonly isLong: boolean;
  /** See `ReadWord`. */
  readonly meaning: readonly number[];
  readonly isToll: boolean;
  /** What it counts if it is a small number in words; 0 for other words. */
  readonly number: number;
}

/** Forms remembered, for stemming costs more than all else here; all are forgotten when there are more. */
const MOST_FORMS = 50_000;
/** The shipped shares are of documents of 500 words; a lead has about 50. */
const SHARE_IN_LEAD = 0.3;
/** Of a pair of Han characters or kana, for which there are no lists. */
const PAIR_SHARE = 0.01;
/** Of US, IT and WHO, which are no common words although they fold to such. */
const INITIALISM_SHARE = 0.02;
const NAME_LETTERS = 4;
/** Korean particles and endings follow the stem, most of which have two syllables. */
const SYLLABLES_OF_STEM = 2;

/** Zelensky, Zelenskyy, Zelenskiy, Selenskyj: each outlet writes such names in its own way. */
const SLAVIC_NAME = /(?<=..)sk[iyj]{1,3}$/;

const CAPITALISED = /^\p{Lu}/u;
const LONG = /\p{L}{4}/u;
const INITIALISM = /^\p{Lu}[\p{Lu}\d]{1,4}$/u;

export class FormReader {
  /** By language and `hashOf` of the form. */
  #forms = new Map<string, Map<number, Form>>();
  #count = 0;
  readonly #decisive = new DecisiveWords();

  /** The form at [start, end) of a text, whose hash was found when the text was cut into words. */
  formAt(text: string, start: number, end: number, hash: number, language: string): Form {
    const forms = this.#formsOf(language);
    const known = forms.get(hash);
    if (known !== undefined && known.surface.length === end - start && text.startsWith(known.surface, start))
      return known;
    return this.#added(text.slice(start, end), hash, language);
  }

  formOf(surface: string, language: string): Form {
    return this.formAt(surface, 0, surface.length, hashText(surface), language);
  }

  /** Keys of words by which a number counts dead, hurt or missing people. */
  tollWordsOf(language: string): ReadonlySet<number> {
    return this.#decisive.tollsOf(language);
  }

  #added(surface: string, hash: number, language: string): Form {
    const form = isHanOrKana(surface.codePointAt(0)!) ? pairOf(surface) : wordOf(surface, language, this.#decisive);
    this.#formsOf(language).set(hash, form);
    this.#count += 1;
    return form;
  }

  #formsOf(language: string): Map<number, Form> {
    if (this.#count >= MOST_FORMS) {
      this.#forms = new Map();
      this.#count = 0;
    }
    let forms = this.#forms.get(language);
    if (forms === undefined) {
      forms = new Map();
      this.#forms.set(language, forms);
    }
    return forms;
  }
}

const pairOf = (surface: string): Form => ({
  surface,
  key: hashText(foldWord(surface)),
  nameKey: 0,
  prior: PAIR_SHARE,
  isCommon: false,
  isListed: false,
  isCapitalised: false,
  isLong: false,
  meaning: [],
  isToll: false,
  number: 0,
});

function wordOf(surface: string, language: string, decisive: DecisiveWords): Form {
  const written = joinedInitials(surface) ?? surface;
  const folded = foldWord(written);
  const isVery = isVeryCommon(folded, language);
  const isInitialism = isVery && INITIALISM.test(written);
  const share = commonness(folded, language);
  const stem = isHangul(surface.codePointAt(0)!)
    ? folded.slice(0, SYLLABLES_OF_STEM)
    : stemsOf(written, language).at(-1)!.replace(SLAVIC_NAME, 'ski');
  const key = hashText(isInitialism ? written : stem);
  return {
    surface,
    key,
    nameKey: hashText(`^${folded.slice(0, NAME_LETTERS)}`),
    prior: isInitialism ? INITIALISM_SHARE : share * SHARE_IN_LEAD,
    isCommon: isVery && !isInitialism,
    isListed: !isInitialism && (isFrequent(folded, language) || isFrequent(stem, language)),
    isCapitalised: CAPITALISED.test(written),
    isLong: LONG.test(surface),
    meaning: decisive.meaningOf(key, folded, language),
    isToll: decisive.tollsOf(language).has(key),
    number: numberInWords(folded, language),
  };
}
