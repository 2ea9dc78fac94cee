// What makes two events different however alike their words are: another number of the same kind, another name in the same place of
// the headline, the same two actors the other way round.

import { hashText } from '../text/code-units.ts';
import { stemsOf } from '../text/stemming.ts';
import { differingLabel } from './labels.ts';
import type { ReadWord, TitleWord } from './read-document.ts';
import { includes, type ReportRecord, type StoryRecord, type TitleKey } from './story-record.ts';
import type { WeighedDocument } from './weigh-document.ts';

/** Why a document cannot belong to a story, in words for people; null when nothing speaks against it. */
export function differingIdentity(document: WeighedDocument, story: StoryRecord): string | null {
  const labels = differingLabels(document, story);
  if (labels !== null) return labels;
  for (const report of story.newest) {
    const because =
      otherWayRound(document, report) ??
      otherWordInForm(document, story, report) ??
      otherObjectOfDecision(document, story, report);
    if (because !== null) return because;
  }
  return otherNameInPlace(document, story) ?? otherNamesThroughout(document, story);
}

/** Which numbers of one kind differ, in words for people; null where none do. */
export function differingLabels(document: WeighedDocument, story: StoryRecord): string | null {
  const labels = differingLabel(document.labels, story.labels);
  return labels === null ? null : `“${labels[0].shown}” is not “${labels[1].shown}”`;
}

/** The headlines name different people or places, and neither report mentions the names of the other. */
export function namesDiffer(document: WeighedDocument, story: StoryRecord): boolean {
  if (!document.title.some(({ word }) => word.nameKey !== 0 && !isKnown(word, story))) return false;
  const own = nameKeysOf(document);
  return story.newest.every(({ title }) =>
    title.some(({ key, nameKey }) => nameKey !== 0 && !own.has(nameKey) && !document.words.has(key)),
  );
}

/** Share of the longer headline that both have in common if they may be one form: arrested in …, won the match in …. */
const LEAST_FORM = 1 / 3;
const FEWEST_IN_FORM = 2;

/** The headlines are perhaps one form, filled in with names that the other report does not mention. In German every noun looks like a name. */
export function fillsFormDifferently(document: WeighedDocument, story: StoryRecord): boolean {
  const { title } = document;
  if (document.document.language === 'de') return false;
  if (!title.some(({ word, isCapitalised }) => isCapitalised && word.nameKey !== 0 && !isKnown(word, story)))
    return false;
  const own = nameKeysOf(document);
  return story.newest.some((report) => {
    const theirs = new Set(report.title.map(({ key }) => key));
    const common = title.filter(({ word }) => theirs.has(word.key)).length;
    return (
      common >= FEWEST_IN_FORM &&
      common >= LEAST_FORM * Math.max(title.length, report.title.length) &&
      report.title.some(({ key, nameKey }) => nameKey !== 0 && !own.has(nameKey) && !document.words.has(key))
    );
  });
}

/** Words between the two actors: with more, a shared one need not be what the one does to the other. */
const MOST_BETWEEN = 3;
/** Words before the one who acts, where that one is named second: raided by, an attack from, killed in a raid of. */
const BEFORE_ACTOR = new Set(
  Object.entries({
    en: 'by from of in after',
    de: 'von vom durch',
    fr: 'par de du',
    es: 'por de',
    it: 'da di',
    pt: 'por de do da',
    pl: 'od przez',
    nl: 'door van',
    sv: 'av från',
    da: 'af fra',
    ru: 'от',
  }).flatMap(([language, words]) => words.split(' ').map((word) => hashText(stemsOf(word, language).at(-1)!))),
);

/** A strikes B, B strikes A: the same two on either side of a word that both headlines have between them. */
function otherWayRound({ title }: WeighedDocument, report: ReportRecord): string | null {
  const actors = title.filter(({ word, isCapitalised }) => word.nameKey !== 0 || isCapitalised);
  for (const [index, a] of actors.entries()) {
    for (const b of actors.slice(index + 1)) {
      const theirA = placeOf(a, report);
      const theirB = placeOf(b, report);
      if (theirA === -1 || theirB === -1 || theirB >= theirA) continue;
      const between = title.slice(title.indexOf(a) + 1, title.indexOf(b)).map(({ word }) => word.key);
      const theirs = report.title.slice(theirB + 1, theirA);
      if (between.length > MOST_BETWEEN || theirs.length > MOST_BETWEEN) continue;
      const isSameAct = theirs.some(({ key }) => between.includes(key));
      if (isSameAct && BEFORE_ACTOR.has(b.before) === BEFORE_ACTOR.has(report.title[theirA]!.before))
        return `*${a.word.shown}* and *${b.word.shown}* are the other way round`;
    }
  }
  return null;
}

const placeOf = ({ word }: TitleWord, report: ReportRecord): number =>
  report.title.findIndex(({ key, nameKey }) => key === word.key || (nameKey !== 0 && nameKey === word.nameKey));

/**
 * Another name behind the same word of the headline (in Kyiv, in Odesa), where the story has not heard of the one and the document does
 * not mention the other.
 */
function otherNameInPlace(document: WeighedDocument, story: StoryRecord): string | null {
  const strange = document.title.filter(
    ({ word, before, isCapitalised }) =>
      before !== 0 && word.nameKey !== 0 && (isCapitalised || word.count > 1) && !isKnown(word, story),
  );
  if (strange.length === 0) return null;
  const own = nameKeysOf(document);
  for (const { title } of story.newest) {
    for (const { key, before, nameKey } of title) {
      if (nameKey === 0 || own.has(nameKey) || document.words.has(key)) continue;
      const clash = strange.find((each) => each.before === before);
      if (clash !== undefined) return `*${clash.word.shown}* appears where the story has a different name`;
    }
  }
  return null;
}

/** Fewer names on either side tell nothing: two reports of one event may name different people. */
const FEWEST_OTHER_NAMES = 2;

/** In nats: a word that one report in 1,100 has. Nothing is known to be so rare until some hundred documents were read. */
const RARE = 7;

/**
 * Both have names, places and people of their own and not one in common, nor a rare word: what they share are the words of their topic. In German
 * every noun looks like a name.
 */
function otherNamesThroughout(document: WeighedDocument, story: StoryRecord): string | null {
  if (document.document.language === 'de') return null;
  const names = document.ranked.filter(({ nameKey }) => nameKey !== 0);
  if (names.length < FEWEST_OTHER_NAMES || names.some((name) => isKnown(name, story))) return null;
  if (story.names.length < FEWEST_OTHER_NAMES) return null;
  if (document.ranked.some(({ key, information }) => information >= RARE && includes(story.known, key))) return null;
  const shown = names.slice(0, FEWEST_OTHER_NAMES).map((name) => `*${name.shown}*`);
  return `${shown.join(' and ')} appear where the story has other names`;
}

/** As much as after as many documents as the shipped list counts for. */
const MOSTLY_GUESSED = 0.5;

/** Share of both headlines that makes them the same form, filled in differently. */
const FORM_SHARE = 0.6;

/**
 * Where nothing tells names from other words: two headlines of one form that differ in words which both reports repeat, as they do
 * with what a report is about.
 */
function otherWordInForm(document: WeighedDocument, story: StoryRecord, { title }: ReportRecord): string | null {
  if (title.length === 0 || (document.hasCapitals && !areNounsGuesses(document))) return null;
  const strange = document.title.filter(({ word }) => !includes(story.known, word.key));
  const missing = title.filter(({ key }) => !document.words.has(key));
  const isForm =
    document.title.length - strange.length >= FORM_SHARE * document.title.length &&
    title.length - missing.length >= FORM_SHARE * title.length;
  if (!isForm) return null;
  const told = strange.find(
    ({ word, before }) =>
      word.count > 1 &&
      !word.isNumber &&
      word.meaning.length === 0 &&
      missing.some((other) => other.isRepeated && (!document.hasCapitals || areNames(word, other, before))),
  );
  return told === undefined ? null : `*${told.word.shown}* appears where the story has a different word`;
}

const areNames = ({ nameKey }: ReadWord, other: TitleKey, before: number): boolean =>
  nameKey !== 0 && other.nameKey !== 0 && other.before === before;

/** More than so many, and the headlines are no form. */
const MOST_OTHER_WORDS = 2;

/**
 * Two headlines in which the same is decided of different things: the senate approves a water law, the senate approves a housing law. The things
 * stand behind the same word, and each text repeats its own. Deaths are no decisions here: one person has many descriptions.
 */
function otherObjectOfDecision(document: WeighedDocument, story: StoryRecord, { title }: ReportRecord): string | null {
  const isDecidedInBoth = document.title.some(
    ({ word }) =>
      word.meaning.length > 0 &&
      !word.meaning.some((key) => document.tollWords.has(key)) &&
      title.some(({ key }) => word.meaning.includes(key)),
  );
  const missing = title.filter(({ key }) => !document.words.has(key));
  const strange = document.title.filter(({ word }) => !isKnown(word, story));
  if (!isDecidedInBoth || missing.length > MOST_OTHER_WORDS || strange.length > MOST_OTHER_WORDS) return null;
  const told = strange.find(
    ({ word, before }) =>
      before !== 0 &&
      word.count > 1 &&
      !word.isNumber &&
      word.meaning.length === 0 &&
      missing.some((other) => other.before === before && other.isRepeated),
  );
  return told === undefined ? null : `*${told.word.shown}* appears where the story has a different word`;
}

/** German has capitals, but for every noun; while little was read, nothing else tells names from them. */
const areNounsGuesses = ({ document, guessed }: WeighedDocument): boolean =>
  document.language === 'de' && guessed >= MOSTLY_GUESSED;

const nameKeysOf = ({ words }: WeighedDocument): ReadonlySet<number> =>
  new Set(words.all.map(({ nameKey }) => nameKey));

const isKnown = ({ key, nameKey }: { key: number; nameKey: number }, story: StoryRecord): boolean =>
  includes(story.known, key) || includes(story.names, nameKey);
