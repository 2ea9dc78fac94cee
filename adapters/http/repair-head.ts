// Repairs the head of an answer (status line and headers) so that Node's parser accepts it. Pure: bytes in, bytes out.
// Only for connections that serve one request: there, an ambiguous end of an answer cannot be used to smuggle in another one.

export interface RepairedHead {
  readonly bytes: Uint8Array;
  /** 1xx: another head follows. */
  readonly interim: boolean;
  /** The fewest bytes that the body has, by its Content-Length; null where its end is marked in another way. */
  readonly declaredBytes: number | null;
}

const STATUS_LINE = /^HTTP\/1\.[01] +(\d{3})(?: .*)?$/;
/** A token, then a colon, before which some servers put a space (RFC 9112, 5.1). */
const HEADER = /^([!#$%&'*+.^_`|~0-9a-z-]+)[ \t]*:(.*)$/is;
const WITHOUT_BODY: readonly number[] = [204, 304];

/** Where the head ends, including its empty line; null while that has not arrived. Lines may end in a bare line feed. */
export function endOfHead(bytes: Uint8Array): number | null {
  const text = latin1(bytes);
  const begin = text.search(/[^\r\n]/);
  const end = begin === -1 ? null : /\r?\n\r?\n/.exec(text.slice(begin));
  return end === null ? null : begin + end.index + end[0].length;
}

/**
 * The head without invalid header lines and control characters, and with one statement of where the body ends. Content-Length is removed:
 * some servers count characters instead of bytes, or a proxy has lengthened the body since, and the rest of a feed must not be lost for that.
 * Null if it is not HTTP/1, switches protocols, or gives two different lengths: then the parser decides.
 */
export function repairHead(head: Uint8Array): RepairedHead | null {
  const [statusLine = '', ...lines] = unfolded(latin1(head).trim().split(/\r?\n/));
  const status = Number(STATUS_LINE.exec(statusLine)?.[1]);
  if (Number.isNaN(status) || status === 101) return null;
  const headers = lines.map(readHeader).filter((header) => header !== null);
  const valuesOf = (name: string): readonly string[] =>
    headers
      .filter((header) => header.name.toLowerCase() === name)
      .flatMap(({ value }) => value.toLowerCase().split(','));
  const isChunked = valuesOf('transfer-encoding').at(-1)?.trim() === 'chunked';
  const lengths = new Set(
    valuesOf('content-length')
      .map((value) => value.trim())
      .filter((value) => /^\d+$/.test(value)),
  );
  if (!isChunked && lengths.size > 1) return null;
  const kept = headers.filter(({ name }) => !FRAMING.has(name.toLowerCase()));
  const written = [
    statusLine.replace(CONTROLS, ' '),
    ...kept.map(({ name, value }) => `${name}: ${value}`),
    ...(status < 200 ? [] : ['Connection: close']),
    ...(isChunked ? ['Transfer-Encoding: chunked'] : []),
  ];
  const [length] = lengths;
  return {
    bytes: Buffer.from(`${written.join('\r\n')}\r\n\r\n`, 'latin1'),
    interim: status < 200,
    declaredBytes: isChunked || length === undefined || WITHOUT_BODY.includes(status) ? null : Number(length),
  };
}

const FRAMING: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'content-length', 'transfer-encoding']);
const CONTROLS = /[^\t\x20-\x7e\x80-\xff]+/g;

/** A line that begins with white space goes on where the last one ended (RFC 9112, 5.2). */
function unfolded(lines: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && whole.length > 0) whole.push(`${whole.pop()} ${line.trim()}`);
    else whole.push(line);
  }
  return whole;
}

function readHeader(line: string): { readonly name: string; readonly value: string } | null {
  const [, name, value = ''] = HEADER.exec(line) ?? [];
  return name === undefined ? null : { name, value: value.replace(CONTROLS, ' ').trim() };
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
