// A running instance whose answers a test writes, for the commands that ask it: what exactly they ask, and what they make of the answer.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../../local/data-folder/folder-lock.ts';
import { writeRuntime } from '../../local/data-folder/runtime-file.ts';
import { type CommandRun, commandFolder } from './command-line.ts';
import { serveWeb } from './loopback.ts';

/** By `METHOD /path?query`, the query decoded. An answer with a `status` from 400 on is a refusal; a list is given one by one, the last for good. */
export type Script = Readonly<Record<string, object | readonly object[] | null>>;

export interface ScriptedApi {
  /** `METHOD /path?query`, and the body behind it as JSON where there is one. */
  readonly asked: readonly string[];
  run(...args: readonly string[]): Promise<Pick<CommandRun, 'code' | 'stdout' | 'stderr'>>;
  stop(): Promise<void>;
}

const TOKEN = 'token-of-this-test';

export async function scriptedApi(script: Script): Promise<ScriptedApi> {
  const asked: string[] = [];
  const given = new Map<string, number>();
  const web = await serveWeb(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const question = `${request.method} ${decodeURIComponent((request.url ?? '').replaceAll('+', ' '))}`;
    asked.push(body === '' ? question : `${question} ${body}`);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end();
    const answer = nextOf(script[question], question);
    const status = answer !== null && 'status' in answer && typeof answer.status === 'number' ? answer.status : 200;
    response.writeHead(status).end(answer === null ? '' : JSON.stringify(answer));
  });

  function nextOf(answers: Script[string] | undefined, question: string): object | null {
    if (answers === undefined) return { status: 400, code: 'invalid_query', detail: `not in the script: ${question}` };
    if (!Array.isArray(answers)) return answers;
    const at = given.get(question) ?? 0;
    given.set(question, at + 1);
    return answers[Math.min(at, answers.length - 1)];
  }

  const folder = commandFolder();
  const data = join(folder.path, '.tocsin');
  mkdirSync(data);
  writeFileSync(join(data, 'token'), TOKEN);
  const unlock = lockFolder(data);
  writeRuntime(data, web.origin);
  return {
    asked,
    run: async (...args) => {
      const { code, stdout, stderr } = await folder.run(args);
      return { code, stdout, stderr };
    },
    stop: async () => {
      unlock();
      await web.close();
      folder.remove();
    },
  };
}
