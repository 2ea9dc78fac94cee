// What is known of a written form, whatever document it stands in: the key it shares with its inflected forms, how common it is,
// and how it is written.

import { hashText } from '../text/code-units.ts';
import { commonness, isFrequent, isVeryCommon } from '../text/common-words.ts';
import { foldWord, joinedInitials } from '../text/fold.ts';
import { isHangul, isHanOrKana } from '../text/scripts.ts';
import { stemsOf } from '../text/stemming.ts';
import { DecisiveWords } from './decisive-words.ts';

export interface Form {
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
  readonly isDecisive: boolean;
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

const CAPITALISED = /^\p{Lu}/u;
const INITIALISM = /^\p{Lu}[\p{Lu}\d]{1,4}$/u;

export class FormReader {
  #forms = new Map<string, Map<string, Form>>();
  #count = 0;
  readonly #decisive = new DecisiveWords();

  formOf(surface: string, language: string): Form {
    const forms = this.#formsOf(language);
    const known = forms.get(surface);
    if (known !== undefined) return known;
    const form = isHanOrKana(surface.codePointAt(0)!) ? pairOf(surface) : wordOf(surface, language, this.#decisive);
    forms.set(surface, form);
    this.#count += 1;
    return form;
  }

  #formsOf(language: string): Map<string, Form> {
    if (this.#count >= MOST_FORMS) {
      this.#forms = new Map();
      this.#count = 0;
    }
    const known = this.#forms.get(language);
    if (known !== undefined) return known;
    const fresh = new Map<string, Form>();
    this.#forms.set(language, fresh);
    return fresh;
  }
}

const pairOf = (surface: string): Form => ({
  key: hashText(foldWord(surface)),
  nameKey: 0,
  prior: PAIR_SHARE,
  isCommon: false,
  isListed: false,
  isCapitalised: false,
  isDecisive: false,
});

function wordOf(surface: string, language: string, decisive: DecisiveWords): Form {
  const written = joinedInitials(surface) ?? surface;
  const folded = foldWord(written);
  const isVery = isVeryCommon(folded, language);
  const isInitialism = isVery && INITIALISM.test(written);
  const share = commonness(folded, language);
  const stem = isHangul(surface.codePointAt(0)!)
    ? folded.slice(0, SYLLABLES_OF_STEM)
    : stemsOf(written, language).at(-1)!;
  const key = hashText(isInitialism ? written : stem);
  return {
    key,
    nameKey: hashText(`^${folded.slice(0, NAME_LETTERS)}`),
    prior: isInitialism ? INITIALISM_SHARE : share * SHARE_IN_LEAD,
    isCommon: isVery && !isInitialism,
    isListed: !isInitialism && (isFrequent(folded, language) || isFrequent(stem, language)),
    isCapitalised: CAPITALISED.test(written),
    isDecisive: decisive.has(key, language),
  };
}
