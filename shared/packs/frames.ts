// Frames -> expressions: who does what to whom, said once, becomes what is looked for in each language that has the words.
// A language's grammar is in roles/; here it is only filled in.
import { ANY_LANGUAGE } from '../matching/compile/word-patterns.ts';
import { ROLES, type Roles, rolesOf } from './roles/roles.ts';

/** The words of an idea in one language, each an expression. */
export interface IdeaWords {
  /** Whatever is no act, and acts whose forms need no telling apart. */
  readonly words: readonly string[];
  readonly verb: readonly string[];
  /** Of an act done to someone: "sent", "deployed". Where there is none, the verb stands for it. */
  readonly participle: readonly string[];
  readonly noun: readonly string[];
}

/** What a topic speaks of, named once: every language side by side. */
export interface Idea {
  /** Other ideas that are kinds of this one. */
  readonly includes: readonly string[];
  readonly byLanguage: Readonly<Record<string, IdeaWords>>;
}

export type Ideas = Readonly<Record<string, Idea>>;

/** Who does what to whom. Of the ideas of one role, any will do. */
export interface Frame {
  readonly name: string;
  readonly act: readonly string[];
  readonly actor: readonly string[];
  readonly object: readonly string[];
  /** What may not be in the same clause. */
  readonly unless: readonly string[];
  /** Words between an act and its actor or object, at most; null leaves it to the language. */
  readonly within: number | null;
}

/** An expression and the frame that it is from; null for what a topic adds in the expression language. */
export interface FrameExpression {
  readonly frame: string | null;
  readonly text: string;
}

/** The forms that an idea may be asked for, `{deploy.noun}`; without one, all of its words. */
const FORMS = ['verb', 'participle', 'noun'] as const;
type Form = (typeof FORMS)[number];

/** The languages in which at least one idea has words, `*` aside, sorted. */
export function languagesOf(ideas: Ideas): readonly string[] {
  const all = Object.values(ideas).flatMap(({ byLanguage }) => Object.keys(byLanguage));
  return [...new Set(all)].filter((language) => language !== ANY_LANGUAGE).sort();
}

/** The expressions of a frame in a language; none where an idea lacks words in it. */
export function expandFrame(frame: Frame, language: string, ideas: Ideas): readonly FrameExpression[] {
  const needed = [frame.act, frame.actor, frame.object].filter((names) => names.length > 0);
  const has = (names: readonly string[], form?: Form) => names.some((name) => hasWords(name, form, language, ideas));
  if (needed.some((names) => !has(names))) return [];
  const group = (names: readonly string[], form?: Form): string | null => {
    const known = names.filter((name) => hasWords(name, form, language, ideas));
    const written = known.map((name) => (form === undefined ? `{${name}}` : `{${name}.${form}}`));
    return written.length === 0 ? null : written.length === 1 ? written[0]! : `(${written.join(' OR ')})`;
  };
  const verb = group(frame.act, 'verb') ?? group(frame.act);
  const values: Readonly<Record<string, string | null>> = {
    act: group(frame.act),
    verb,
    participle: group(frame.act, 'participle') ?? verb,
    noun: group(frame.act, 'noun'),
    actor: group(frame.actor),
    object: group(frame.object),
  };
  const roles = rolesOf(language);
  const unless = group(frame.unless.filter((name) => has([name])));
  return templatesOf(frame, roles)
    .map((template) => filled(template, values, frame.within ?? roles.reach))
    .filter((text) => text !== null)
    .map((text) => ({ frame: frame.name, text: unless === null ? text : `(${text}) NOT w/c ${unless}` }));
}

function templatesOf({ actor, object }: Frame, roles: Roles): readonly string[] {
  if (actor.length === 0 && object.length === 0) return ['{act}'];
  if (object.length === 0) return roles.actor;
  if (actor.length === 0) return roles.object;
  return roles.object.map((template) => `{actor} NEAR/${roles.reach + 4}c (${template})`);
}

/** Null where a word that it needs is missing. */
function filled(template: string, values: Readonly<Record<string, string | null>>, reach: number): string | null {
  let isComplete = true;
  const text = template.replaceAll('/nc', `/${reach}c`).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === null) isComplete = false;
    return value ?? whole;
  });
  return isComplete ? text : null;
}

function hasWords(name: string, form: Form | undefined, language: string, ideas: Ideas): boolean {
  return wordsOf(name, form, language, ideas) !== null;
}

/** An idea's words and those of what it includes, joined by OR; null where there are none. */
function wordsOf(name: string, form: Form | undefined, language: string, ideas: Ideas): string | null {
  const idea = ideas[name];
  if (idea === undefined) return null;
  const own = idea.byLanguage[language];
  const words =
    own === undefined ? [] : form === undefined ? [...own.words, ...FORMS.flatMap((each) => own[each])] : own[form];
  const included = idea.includes.filter((each) => hasWords(each, form, language, ideas));
  const parts = [
    ...words.map(asPart),
    ...included.map((each) => (form === undefined ? `{${each}}` : `{${each}.${form}}`)),
  ];
  return parts.length === 0 ? null : [...new Set(parts)].join(' OR ');
}

const asPart = (word: string): string => (/^[^\s()]+$|^[~=]?"[^"]*"$/.test(word) ? word : `(${word})`);

/** The ideas and the grammar as sets that expressions may name: `{soldiers}`, `{deploy.noun}`, `{roles.between}`. */
export function setsOf(ideas: Ideas): Record<string, Record<string, string>> {
  const sets: Record<string, Record<string, string>> = {};
  const add = (name: string, language: string, text: string | null) => {
    if (text !== null) sets[name] = { ...sets[name], [language]: text };
  };
  const languages = [...languagesOf(ideas), ANY_LANGUAGE];
  for (const name of Object.keys(ideas)) {
    for (const language of languages) {
      add(name, language, wordsOf(name, undefined, language, ideas));
      for (const form of FORMS) add(`${name}.${form}`, language, wordsOf(name, form, language, ideas));
    }
  }
  for (const [language, roles] of Object.entries(ROLES)) {
    for (const [name, text] of Object.entries(roles.words)) add(`roles.${name}`, language, text);
  }
  return sets;
}
