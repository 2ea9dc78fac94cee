// Why a topic holds, in plain words: the matched words, and how the clause relates them. The clause itself stays as its author wrote it.
import type { Match, Passage } from '../model/match.ts';
import { cutAtHighlights, type PassagePart } from '../model/passage-cuts.ts';
import { parseExpression } from '../query/parse-expression.ts';
import { childrenOf, type Expression, type Reach } from '../query/syntax.ts';
import { cutText, oneLine } from './plain-text.ts';

/** Words named: more would be the passage again. */
const MOST_WORDS = 4;
const LONGEST_WORD = 40;
const LONGEST_CLAUSE = 300;

/** Before the reason of a weak match; empty for others. */
export const inPassing = ({ strength }: Match): string => (strength === 'weak' ? 'mentioned in passing: ' : '');

/** `troops` near `deploy`, the matched words marked; the clause where no word was matched. A weak match says so first. */
export const whyInWords = (match: Match): readonly PassagePart[] => [
  ...(inPassing(match) === '' ? [] : [{ text: inPassing(match), marked: false }]),
  ...reasonInWords(match),
];

function reasonInWords(match: Match): readonly PassagePart[] {
  const relation = relationOf(expressionOf(match.why));
  // Those of the text first: an alert leads with them.
  const passages = match.passages.toSorted((a, b) => Number(a.field === 'title') - Number(b.field === 'title'));
  const words = wordsOf(passages, relation.isEverywhere).slice(0, relation.most);
  if (words.length === 0) return [{ text: clauseOf(match), marked: false }];
  const parts = words.flatMap((text, at) => [
    { text: between(at, words.length, relation.between), marked: false },
    { text, marked: true },
  ]);
  const after = words.length > 2 && relation.after !== '' ? relation.after : relation.afterAny;
  return [...parts, { text: after, marked: false }].filter(({ text }) => text !== '');
}

/** The clause as its author wrote it, on one line. */
export const clauseOf = ({ why }: Match): string => cutText(oneLine(why), LONGEST_CLAUSE);

/** The words between asterisks, as in the passages of a text. */
export const whyInText = (match: Match): string =>
  whyInWords(match)
    .map(({ text, marked }) => (marked ? `*${text}*` : text))
    .join('');

interface Relation {
  /** Between two words. */
  readonly between: string;
  /** After three words or more. */
  readonly after: string;
  readonly afterAny: string;
  readonly most: number;
  /** The words may stand in different passages. */
  readonly isEverywhere: boolean;
}

const AND: Relation = { between: ' and ', after: '', afterAny: '', most: MOST_WORDS, isEverywhere: true };
const NEAR: Relation = { ...AND, between: ' near ', after: ' near each other', isEverywhere: false };

const NEARNESS: Readonly<Record<Exclude<Reach['unit'], 'span'>, Pick<Relation, 'between' | 'after' | 'afterAny'>>> = {
  words: { between: ' near ', after: ' near each other', afterAny: '' },
  clause: { between: ' and ', after: '', afterAny: ' in one clause' },
  sentence: { between: ' and ', after: '', afterAny: ' in one sentence' },
  paragraph: { between: ' and ', after: '', afterAny: ' in one paragraph' },
};

/** Null for a clause that was cut when it was stored: what is left need not be one. */
function expressionOf(why: string): Expression | null {
  const text = /^(?:[a-z0-9-]+: (?=(?:[a-z]{2,3}|\*): ))?(?:[a-z]{2,3}|\*): (.*)$/s.exec(why)?.[1] ?? why;
  return parseExpression(text).expression;
}

function relationOf(expression: Expression | null): Relation {
  if (expression === null) return NEAR;
  switch (expression.kind) {
    case 'near': {
      const { ordered, reach, parts } = expression;
      const nearness = reach.unit === 'span' ? {} : NEARNESS[reach.unit];
      const isPlain = parts.every((part) => !holdsNear(part));
      return {
        ...NEAR,
        ...nearness,
        ...(ordered && reach.unit === 'words' ? { between: ' shortly before ' } : {}),
        ...(ordered && parts.length > 2 ? { after: ' shortly after one another' } : {}),
        most: isPlain ? Math.min(parts.length, MOST_WORDS) : MOST_WORDS,
      };
    }
    case 'not-near':
      return relationOf(expression.keep);
    case 'field':
      return relationOf(expression.part);
    case 'at-least':
      return { ...relationOf(expression.part), afterAny: ` in ${expression.count} places or more` };
    case 'and':
    case 'quorum':
      return AND;
    case 'or':
      return holdsNear(expression) ? NEAR : { ...AND, most: 1 };
    default:
      return { ...AND, most: 1 };
  }
}

const holdsNear = (expression: Expression): boolean =>
  expression.kind === 'near' || childrenOf(expression).some(holdsNear);

/** Matched words, each once; those of one passage unless they may stand anywhere. Neighbours are one. */
function wordsOf(passages: readonly Passage[], isEverywhere: boolean): readonly string[] {
  const found = passages.map(wordsIn);
  const some = isEverywhere ? found.flat() : (found.toSorted((a, b) => b.length - a.length)[0] ?? []);
  return distinct(some);
}

const wordsIn = (passage: Passage): readonly string[] =>
  distinct(
    cutAtHighlights(passage)
      .reduce<PassagePart[]>((parts, part, at, all) => {
        const before = parts.at(-1);
        const isGap =
          !part.marked && part.text.trim() === '' && before?.marked === true && all[at + 1]?.marked === true;
        if (before !== undefined && (isGap || (part.marked && before.marked)))
          parts.splice(-1, 1, { text: before.text + part.text, marked: true });
        else parts.push(part);
        return parts;
      }, [])
      .flatMap(({ text, marked }) => (marked ? [cutText(oneLine(text), LONGEST_WORD)] : []))
      .filter((word) => word !== ''),
  );

/** Each where it first stands. */
const distinct = (words: readonly string[]): readonly string[] =>
  [...Map.groupBy(words, (word) => word.toLowerCase()).values()].flatMap(([first]) => first ?? []);

/** What stands before a word: nothing, the relation between two, or a list's comma and "and". */
function between(at: number, count: number, ofTwo: string): string {
  if (at === 0) return '';
  if (count === 2) return ofTwo;
  return at === count - 1 ? ' and ' : ', ';
}
