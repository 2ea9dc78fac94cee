// Decisions that a headline announces (to release, will ban, may withdraw), which are news again when they are taken.
import { hashText } from '../text/code-units.ts';
import { stemsOf } from '../text/stemming.ts';
import type { ReportRecord, StoryRecord } from './story-record.ts';
import type { WeighedDocument, WeighedWord } from './weigh-document.ts';

/** Words of a headline by which what follows is still to come. */
const STILL_TO_COME: Readonly<Record<string, string>> = {
  en: 'to will may might could would should must cannot',
  de: 'will wollen soll sollen könnte könnten dürfte plant fordert',
  fr: 'va vont veut veulent doit devrait pourrait envisage',
  es: 'va van a quiere quieren debe podría planea pide',
  pt: 'vai vão quer deve pode planeja',
  it: 'vuole vogliono deve potrebbe intende',
  ru: 'намерен намерена намерены хочет хотят может могут будет планирует собирается требует',
  uk: 'хоче хочуть може можуть буде планує має',
  pl: 'chce chcą może mogą będzie planuje',
};

const KEYS: ReadonlyMap<string, ReadonlySet<number>> = new Map(
  Object.entries(STILL_TO_COME).map(([language, words]) => [
    language,
    new Set(words.split(' ').map((word) => hashText(stemsOf(word, language).at(-1)!))),
  ]),
);

interface PlacedKey {
  readonly key: number;
  readonly before: number;
}

/** The decisions in the headline that the headlines of the story so far only announced. */
export function decisionsTaken(document: WeighedDocument, story: StoryRecord): readonly WeighedWord[] {
  const { language } = document.document;
  const marks = KEYS.get(language);
  if (marks === undefined) return [];
  const own = document.title.map(({ word: { key }, before }) => ({ key, before }));
  return document.title.flatMap(({ word }) => {
    const { meaning } = word;
    if (meaning.length === 0 || isAnnounced(own, meaning, marks, language)) return [];
    const others = story.newest.filter(({ title }: ReportRecord) => title.some(({ key }) => meaning.includes(key)));
    const isNews = others.length > 0 && others.every(({ title }) => isAnnounced(title, meaning, marks, language));
    return isNews ? [word] : [];
  });
}

/** In English the mark stands right before the decision, and is too common elsewhere; in other languages anywhere before it. */
function isAnnounced(
  title: readonly PlacedKey[],
  meaning: readonly number[],
  marks: ReadonlySet<number>,
  language: string,
): boolean {
  const at = title.findIndex(({ key }) => meaning.includes(key));
  const from = language === 'en' ? at : 0;
  return title.slice(from, at + 1).some(({ before }) => marks.has(before));
}
