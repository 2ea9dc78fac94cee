// Where one clause of a sentence ends and the next begins: punctuation, and the words that join clauses in each language.
// Moderate on purpose: "tanks, guns and troops" is one clause, and where it cannot be known, the clause goes on.

/** The words of a text, as far as clauses are told by them. */
export interface ClauseWords {
  /** Lower case. */
  wordAt(token: number): string;
  /** What stands between a token and the one before. */
  gapBefore(token: number): string;
}

interface JoiningWords {
  /** Words that begin a clause whatever stands before them: who, because. The next comma may end such a clause. */
  readonly opening?: RegExp;
  /** Words that begin a clause behind a comma: but, that. */
  readonly behindComma?: RegExp;
  /** Words that join the last part of a list, and clauses too: and, or. Behind a comma they begin a clause, except in a list. */
  readonly joining?: RegExp;
  /** Ends of words behind which a clause begins: Korean verbs that go on. */
  readonly closing?: RegExp;
  /** Commas of these kinds always end a clause; `、` only behind what `closing` says. */
  readonly comma?: RegExp;
}

const words = (list: string): RegExp => new RegExp(`^(?:${list.split(' ').join('|')})$`, 'u');

const JOINING_WORDS: Readonly<Record<string, JoiningWords>> = {
  en: {
    opening: words(
      "who whom whose which because while whereas although though unless whether when where if after before until since who's who've who'll",
    ),
    behindComma: words('but yet so nor that as including despite however'),
    joining: words('and or'),
  },
  de: {
    opening: words('weil obwohl während nachdem bevor sobald falls'),
    behindComma: words(
      'dass der die das den dem dessen deren denen wer was wo wie wenn als ob damit um aber doch denn sodass welche[rsnm]? indem bis seit',
    ),
    joining: words('und oder'),
  },
  fr: {
    opening: words('qui dont lorsque lorsqu tandis parce puisque quand'),
    behindComma: words('que où mais car alors si comme selon après avant ce'),
    joining: words('et ou'),
  },
  es: {
    opening: words('quien quienes cuyo cuya cuyos cuyas porque aunque mientras cuando'),
    behindComma: words('que pero donde como pues si según tras lo'),
    joining: words('y e o u'),
  },
  pt: {
    opening: words('quem cujo cuja cujos cujas porque embora enquanto quando'),
    behindComma: words('que mas onde como pois se segundo após o'),
    joining: words('e ou'),
  },
  it: {
    opening: words('cui perché sebbene mentre quando'),
    behindComma: words('che ma dove come se secondo dopo il'),
    joining: words('e ed o'),
  },
  ru: {
    opening: words('котор\\p{L}+ потому поскольку хотя чтобы'),
    behindComma: words('что если когда где куда откуда как но однако а пока так чем кто после'),
    joining: words('и или'),
  },
  uk: {
    opening: words('котр\\p{L}+ оскільки хоча щоб'),
    behindComma: words('що як[аеіийуо]\\p{L}* якщо коли де куди звідки як але однак проте а поки так бо хто після'),
    joining: words('і й та або'),
  },
  pl: {
    opening: words('któr\\p{L}+ ponieważ chociaż choć żeby'),
    behindComma: words('że gdy kiedy jeśli gdzie jak ale jednak a bo aby co po'),
    joining: words('i oraz lub'),
  },
  tr: { opening: words('ancak çünkü'), behindComma: words('ama fakat ve ki') },
  ar: {
    opening: words('الذي التي الذين اللذين اللتين لكن ولكن بينما حيث عندما بعدما لأن'),
    behindComma: words('وقال وقالت وأضاف وأضافت وأكد كما فيما إن أن'),
  },
  ko: { closing: /(?:지만|는데|은데|으며|하며|되며|면서|했고|됐고|였고|았고|었고|으나|므로|니까|는가)$/u },
  ja: { closing: /[がてでばらりしず]$/u },
  zh: { comma: /[，,]/ },
};

/** Between clauses in every language. A colon inside of 10:30 and the dash of 10–12 have no space beside them. */
const BREAK = /[;；؛：—―]|:(?=\s)|\s[-–]{1,2}\s/u;
const COMMA = /[,，،、]/;
/** Words from one comma of a list to the next, or to its last part. */
const LONGEST_PART = 4;

/** Which tokens of the sentence [first, behind) begin a clause; the first is not among them. */
export function clausesWithin(first: number, behind: number, language: string, text: ClauseWords): readonly number[] {
  const joining = JOINING_WORDS[language] ?? {};
  const found: number[] = [];
  let isOpened = joining.opening?.test(text.wordAt(first)) === true;
  for (let token = first + 1; token < behind; token++) {
    const gap = text.gapBefore(token);
    const word = text.wordAt(token);
    const opens = joining.opening?.test(word) === true;
    if (!BREAK.test(gap) && !opens && !isEnded(token)) continue;
    found.push(token);
    isOpened = opens || (joining.behindComma?.test(word) === true && COMMA.test(gap));
  }
  return found;

  /** By a comma, or by the word before. */
  function isEnded(token: number): boolean {
    const gap = text.gapBefore(token);
    if (joining.closing?.test(text.wordAt(token - 1)) === true) return language !== 'ja' || COMMA.test(gap);
    if (!COMMA.test(gap)) return false;
    if (joining.comma?.test(gap) === true) return true;
    const word = text.wordAt(token);
    if (joining.behindComma?.test(word) === true) return true;
    if (joining.joining?.test(word) === true) return !hasCommaBefore(token);
    return isOpened && !hasCommaBefore(token) && !goesOn(token);
  }

  /** A comma stands shortly before the one at this token, and no "and" between them, which would have ended the list. */
  function hasCommaBefore(token: number): boolean {
    const least = Math.max(found.at(-1) ?? first, token - LONGEST_PART - 1);
    for (let at = token - 1; at > least; at--) {
      if (joining.joining?.test(text.wordAt(at)) === true) return false;
      if (COMMA.test(text.gapBefore(at))) return true;
    }
    return false;
  }

  /** Another comma, or an "and", follows shortly: a list. */
  function goesOn(token: number): boolean {
    const last = Math.min(behind - 1, token + LONGEST_PART);
    for (let at = token + 1; at <= last; at++) {
      if (COMMA.test(text.gapBefore(at)) || joining.joining?.test(text.wordAt(at)) === true) return true;
    }
    return false;
  }
}
