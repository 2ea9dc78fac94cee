// The text of an OPML file, on disk or on the web.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { unreadable } from '../../adapters/files/unreadable.ts';
import { type CommandIo, configFolder } from '../command.ts';

/** In the encoding that the file declares: older readers export in the encoding of their country. */
export async function readOpmlText(where: string, io: CommandIo): Promise<string> {
  const bytes = /^https?:/i.test(where) ? await fromWeb(where, io) : await fromFile(where, io);
  const { decodeBytes } = await import('../../shared/feeds/reading/decode-bytes.ts');
  return decodeBytes(bytes, undefined).text;
}

async function fromWeb(url: string, io: CommandIo): Promise<Uint8Array> {
  const [{ fetchDocument }, { readSettings }] = await Promise.all([
    import('../../adapters/http/fetch-document.ts'),
    import('../../adapters/files/read-configuration.ts'),
  ]);
  const { contact, fetch } = await readSettings(configFolder(io), io.env);
  return fetchDocument(url, { allowHosts: fetch.allowHosts, contact });
}

const fromFile = (where: string, io: CommandIo): Promise<Uint8Array> =>
  readFile(resolve(io.cwd, where)).catch((cause: unknown) => {
    throw unreadable(where, cause);
  });
