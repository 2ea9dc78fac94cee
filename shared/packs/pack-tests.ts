// The examples of a topic, as a pack holds them.
import { ANY_LANGUAGE } from '../matching/compile/word-patterns.ts';
import { detectLanguage } from '../text/language.ts';
import { countScripts, leadingScript, scriptsOf } from '../text/script-counts.ts';
import { checkLanguage, errorCount, type Fields, fieldsOf, readText } from './yaml-fields.ts';
import { isList, isMapping, itemsOf, textOf, type YamlNode, type YamlSource } from './yaml-source.ts';

const TEST_KEYS = ['match', 'no', 'passage', 'title', 'lang'];
const TEST_FILE_KEYS = ['file', 'lang', 'title', 'sentences'];

/** One example from a pack: a text in which the topic must, or must not, be found. */
export interface TopicTest {
  readonly topicId: string;
  readonly expect: 'match' | 'no';
  /** Empty where `file` names the text: the caller reads it before running the test. */
  readonly text: string;
  readonly title: string;
  /** File with the text, relative to the pack's folder; null when the pack holds the text itself. */
  readonly file: string | null;
  /** The sentences that must hold highlighted words, and no others may: 1 is the first, 0 the title. Null: any. */
  readonly sentences: readonly number[] | null;
  /** As stated by `lang:`; null leaves the language to be detected. */
  readonly language: string | null;
  /** What the highlighted words of a passage must hold; null when any passage will do. */
  readonly passage: string | null;
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The tests under `tests:` that can be used. A language of the topic without a test of each kind is pointed out. */
export function readTests(
  source: YamlSource,
  node: YamlNode,
  topicId: string,
  languages: readonly string[],
  topicNode: YamlNode,
): readonly TopicTest[] {
  if (node !== undefined && node !== null && !isList(node)) {
    source.report('error', 'E_TYPE', 'tests: must be a list', node, { hint: '- match: "a text"', topic: topicId });
  }
  const tests = itemsOf(node)
    .map((item) => readTest(source, item, topicId))
    .filter((test) => test !== null);
  checkCoverage(source, tests, topicId, languages, node ?? topicNode);
  return tests;
}

/** Points out the languages of a topic without a test of each kind. */
export function checkCoverage(
  source: YamlSource,
  tests: readonly TopicTest[],
  topicId: string,
  languages: readonly string[],
  node: YamlNode,
): void {
  const lacking = languagesWithoutTests(tests, languages);
  if (lacking === null) return;
  const more = { hint: 'tests: [ { match: "…", passage: "…" }, { no: "…" } ]', topic: topicId };
  source.report('warning', 'W_NO_NEGATIVE_TEST', `topic ${topicId} has ${lacking}`, node, more);
}

function readTest(source: YamlSource, item: YamlNode, topicId: string): TopicTest | null {
  const fields = fieldsOf(source, item, TEST_KEYS, 'a test', topicId);
  const refuse = (code: string, message: string, node: YamlNode, hint: string): null => {
    source.report('error', code, message, node ?? item, { hint, topic: topicId });
    return null;
  };
  if (fields.has('match') === fields.has('no')) {
    const hint = '- match: "a text"   or   - no: "a text"';
    return refuse('E_TEST', 'a test must have either match: or no:, with a text', item, hint);
  }
  const expect = fields.has('match') ? 'match' : 'no';
  const node = fields.get(expect);
  const inFile = isMapping(node) ? fieldsOf(source, node, TEST_FILE_KEYS, `${expect}:`, topicId) : null;
  const before = errorCount(source);
  const text = inFile === null ? readText(source, fields, expect, 'a test,', topicId) : '';
  const file = inFile === null ? undefined : readText(source, inFile, 'file', `${expect}:`, topicId);
  const passage = readText(source, fields, 'passage', 'a test,', topicId);
  const language = readTestLanguage(source, inFile?.has('lang') === true ? inFile : fields, topicId);
  const sentences = readSentences(source, inFile?.get('sentences'), topicId);
  const title = readText(source, inFile?.has('title') === true ? inFile : fields, 'title', 'a test,', topicId);
  if (inFile !== null && (file === undefined || language === null)) {
    return refuse(
      'E_TEST',
      `${expect}: must name a file and its language`,
      node,
      `${expect}: { file: news.txt, lang: en }`,
    );
  }
  if (text?.trim() === '' && inFile === null)
    return refuse('E_TEST', `${expect}: has no text`, node, 'write the text to test');
  if (expect === 'no' && (passage !== undefined || sentences !== null)) {
    return refuse('E_TEST', 'no: cannot have a passage or sentences', item, 'they belong to match:');
  }
  if (errorCount(source) > before) return null;
  return {
    topicId,
    expect,
    text: text ?? '',
    title: title ?? '',
    language,
    passage: passage ?? null,
    file: file ?? null,
    sentences,
    path: source.path,
    ...source.positionOf(item),
  };
}

function readTestLanguage(source: YamlSource, fields: Fields, topic: string): string | null {
  const value = readText(source, fields, 'lang', 'a test,', topic);
  if (value === undefined) return null;
  checkLanguage(source, { value, node: fields.get('lang') }, topic);
  return value;
}

function readSentences(source: YamlSource, node: YamlNode, topic: string): readonly number[] | null {
  if (node === undefined) return null;
  const numbers = itemsOf(node).map((each) => Number(textOf(each) ?? Number.NaN));
  if (isList(node) && numbers.length > 0 && numbers.every((each) => Number.isInteger(each) && each >= 0)) {
    return numbers;
  }
  const hint = 'sentences: [2, 3, 4]; 0 is the title';
  source.report('error', 'E_TYPE', 'sentences: must be a list of numbers', node, { hint, topic });
  return null;
}

/** What is missing, in words; null when every language of the topic has a test that matches and one that must not. */
function languagesWithoutTests(tests: readonly TopicTest[], languages: readonly string[]): string | null {
  if (languages.length === 0) return null;
  const lacking = (expect: TopicTest['expect']) => {
    const written = tests.filter((test) => test.expect === expect);
    return written.length === 0 ? languages : languages.filter((each) => !written.some((test) => isIn(test, each)));
  };
  const [matches, refusals] = [lacking('match'), lacking('no')];
  const within = (list: readonly string[]) => (languages.length === 1 ? '' : ` in ${list.join(', ')}`);
  const both = matches.filter((language) => refusals.includes(language));
  const parts = [
    both.length > 0 ? `no tests${within(both)}` : '',
    matches.length > both.length
      ? `no test that must match${within(matches.filter((language) => !both.includes(language)))}`
      : '',
    refusals.length > both.length
      ? `no test that must not match${within(refusals.filter((language) => !both.includes(language)))}`
      : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(', ');
}

/** Short texts are easily taken for a neighbouring language, so a text that may be in the language counts. */
export function isIn(test: TopicTest, language: string): boolean {
  if (language === ANY_LANGUAGE) return true;
  if (test.language !== null) return test.language === language;
  const text = `${test.title}\n${test.text}`;
  const script = leadingScript(countScripts(text));
  if (script !== null && !scriptsOf(language).includes(script)) return false;
  const found = detectLanguage(text);
  return found.language === language || found.language === 'und' || (!found.confident && found.second === language);
}
