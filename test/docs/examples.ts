// Reads the examples of a documentation page: packs, expressions with texts, and the rows of its tables.
import { readFileSync } from 'node:fs';
import type { MatchableDocument } from '../../shared/model/article.ts';

export interface ExpressionExample {
  readonly line: number;
  readonly language: string;
  readonly expression: string;
  readonly found: readonly ExampleText[];
  readonly notFound: readonly ExampleText[];
  readonly codes: readonly string[];
}

export interface ExampleText {
  readonly document: MatchableDocument;
  /** The title and the text with « » around the highlighted words. */
  readonly marked: { readonly title: string; readonly body: string };
}

export interface PageExamples {
  readonly text: string;
  readonly packs: readonly { readonly line: number; readonly yaml: string }[];
  /** Lexicons and topics with frames, which are read together. */
  readonly framed: readonly { readonly line: number; readonly yaml: string }[];
  readonly expressions: readonly ExpressionExample[];
  /** Name -> content, of blocks such as ```text news.txt. */
  readonly files: Readonly<Record<string, string>>;
  readonly commands: readonly CommandExample[];
}

export interface CommandExample {
  readonly line: number;
  readonly args: readonly string[];
  /** What it writes; … stands for anything. */
  readonly output: RegExp;
  readonly shown: string;
}

export function examplesOf(page: string): PageExamples {
  const text = readFileSync(page, 'utf8');
  const blocks = [...text.matchAll(/^```(\w+)(?: +(\S+))?\n(.*?)^```$/gmsu)].map(
    ({ index, 1: kind, 2: name, 3: content = '' }) => ({
      kind,
      name,
      content,
      line: text.slice(0, index).split('\n').length + 1,
    }),
  );
  const yaml = blocks.filter(({ kind }) => kind === 'yaml').map(({ line, content }) => ({ line, yaml: content }));
  return {
    text,
    packs: yaml.filter((block) => /^apiVersion: tocsin.dev\/v1$/m.test(block.yaml)),
    framed: yaml.filter((block) => /^apiVersion: tocsin.dev\/v2$/m.test(block.yaml)),
    expressions: blocks
      .filter(({ kind }) => kind === 'topic')
      .map(({ line, name, content }) => readExpression(line, name ?? 'en', content)),
    files: Object.fromEntries(
      blocks
        .filter(({ kind, name }) => kind !== 'topic' && name !== undefined)
        .map(({ name, content }) => [name, content]),
    ),
    commands: blocks.filter(({ kind }) => kind === 'console').map(({ line, content }) => readCommand(line, content)),
  };
}

function readExpression(line: number, language: string, content: string): ExpressionExample {
  const lines = content.trimEnd().split('\n');
  const after = (sign: string): string[] =>
    lines.filter((each) => each.startsWith(`${sign} `)).map((each) => each.slice(2));
  return {
    line,
    language,
    expression: lines.filter((each) => !/^[+!-] /.test(each)).join('\n'),
    found: after('+').map((each) => readText(each)),
    notFound: after('-').map((each) => readText(each)),
    codes: after('!'),
  };
}

function readCommand(line: number, content: string): CommandExample {
  const [command = '', ...output] = content.trimEnd().split('\n');
  const shown = output.join('\n');
  const pattern = shown.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('…', '[^]*?');
  return { line, args: command.replace(/^\$ tocsin /, '').split(' '), output: new RegExp(`^${pattern}$`), shown };
}

/** `(source=example.org) [Title] Text`, source and title optional. */
function readText(written: string): ExampleText {
  const [, keys = '', title = '', body = ''] = /^(?:\((\w+=[^)]*)\) )?(?:\[([^\]]*)\] )?(.*)$/u.exec(written)!;
  const described = Object.fromEntries(
    keys.split(' ').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
  const plain = (text: string): string => text.replace(/[«»]/g, '');
  return {
    document: {
      title: plain(title),
      text: plain(body),
      url: described['url'],
      source: described['source'],
      language: described['lang'],
      categories: described['category']?.split(','),
    },
    marked: { title, body },
  };
}

/** The cells of each row of every table whose first heading is `code`. */
export function codeTables(text: string): readonly (readonly string[])[] {
  const tables = [...text.matchAll(/^\| code \|.*\n\|[-|]+\n((?:\|.*\n)+)/gm)];
  return tables.flatMap(([, rows = '']) =>
    rows
      .trimEnd()
      .split('\n')
      .map((row) =>
        row
          .slice(2, -2)
          .split(/ \| /)
          .map((cell) =>
            cell
              .trim()
              .replaceAll('\\|', '|')
              .replace(/^`(.*)`$/, '$1'),
          ),
      ),
  );
}
