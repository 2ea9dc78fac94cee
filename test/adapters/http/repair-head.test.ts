// The head of an answer, repaired: bytes in, bytes out.
import { endOfHead, repairHead } from '../../../adapters/http/repair-head.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const repaired = (...lines: readonly string[]) => {
  const head = repairHead(bytes(`${lines.join('\r\n')}\r\n\r\n`));
  return head === null ? null : { ...head, bytes: Buffer.from(head.bytes).toString('latin1').split('\r\n') };
};

describe('the end of a head', () => {
  it.each<[string, number | null]>([
    ['HTTP/1.1 200\r\nA: b\r\n\r\nbody', 22],
    ['HTTP/1.1 200\nA: b\n\nbody', 19],
    ['HTTP/1.1 200\r\nA: b\n\r\nbody', 21],
    ['\r\n\r\nHTTP/1.1 200\r\n\r\nbody', 20],
    ['HTTP/1.1 200\r\n\r\n\r\n\r\n', 16],
    ['HTTP/1.1 200\r\nA: b\r\n', null],
    ['\r\n\r\n', null],
    ['', null],
  ])('of %j is at %s', (text, end) => {
    expect(endOfHead(bytes(text))).toBe(end);
  });

  it('is counted within the bytes given, where they are part of more', () => {
    expect(endOfHead(bytes('skipped\r\n\r\nHTTP/1.1 200\r\n\r\n').subarray(11))).toBe(16);
  });
});

describe('a repaired head', () => {
  it('closes the connection, and states no length', () => {
    expect(repaired('HTTP/1.1 200 OK', 'Content-Type: text/xml', 'Content-Length: 12', 'Keep-Alive: 5')).toEqual({
      bytes: ['HTTP/1.1 200 OK', 'Content-Type: text/xml', 'Connection: close', '', ''],
      interim: false,
      declaredBytes: 12,
    });
  });

  it('has one connection header, whatever the server says', () => {
    expect(repaired('HTTP/1.0 200', 'Connection: keep-alive', 'CONNECTION: x')?.bytes).toEqual([
      'HTTP/1.0 200',
      'Connection: close',
      '',
      '',
    ]);
  });

  it.each([
    ['Transfer-Encoding: chunked'],
    ['Transfer-Encoding: gzip, Chunked '],
    ['Transfer-Encoding: gzip', 'Transfer-Encoding: chunked'],
  ])('keeps chunks, which outweigh a length: %s %s', (...lines) => {
    const head = repaired('HTTP/1.1 200 OK', ...lines, 'Content-Length: 1', 'Content-Length: 2');

    expect(head?.bytes).toEqual(['HTTP/1.1 200 OK', 'Connection: close', 'Transfer-Encoding: chunked', '', '']);
    expect(head?.declaredBytes).toBeNull();
  });

  it.each([
    ['no length', [], null],
    ['a length', ['Content-Length: 7'], 7],
    ['the same length twice', ['Content-Length: 7', 'content-length: 7 , 7'], 7],
    ['one that can be read among others', ['Content-Length: x, 7'], 7],
    ['one with more behind it', ['Content-Length: 7 bytes'], null],
    ['one with more before it', ['Content-Length: about 7'], null],
    ['chunks that are not the last coding', ['Transfer-Encoding: chunked, gzip', 'Content-Length: 7'], 7],
  ])('declares, with %s, %j: %s', (_what, lines, declaredBytes) => {
    expect(repaired('HTTP/1.1 200 OK', ...lines)?.declaredBytes).toBe(declaredBytes);
  });

  it.each([
    [204, null],
    [304, null],
    [203, 7],
    [303, 7],
  ])('of %i, which may have no body, declares %s bytes', (status, declaredBytes) => {
    expect(repaired(`HTTP/1.1 ${status} x`, 'Content-Length: 7')?.declaredBytes).toBe(declaredBytes);
  });

  it.each([
    ['two lengths', ['HTTP/1.1 200 OK', 'Content-Length: 7', 'Content-Length: 8']],
    ['another protocol', ['HTTP/1.1 101 Switching Protocols']],
    ['HTTP/2', ['HTTP/2 200 OK']],
    ['HTTP/1.2', ['HTTP/1.2 200 OK']],
    ['no status', ['HTTP/1.1 OK']],
    ['a status of two digits', ['HTTP/1.1 20 OK']],
    ['a status of four digits', ['HTTP/1.1 2000 OK']],
    ['something before it', ['X HTTP/1.1 200 OK']],
    ['nothing', ['']],
  ])('is left to the parser with %s', (_what, lines) => {
    expect(repaired(...lines)).toBeNull();
  });

  it.each([
    [100, true],
    [103, true],
    [199, true],
    [200, false],
  ])('of %i is followed by another: %s', (status, interim) => {
    const head = repaired(`HTTP/1.1 ${status} x`);

    expect(head?.interim).toBe(interim);
    expect(head?.bytes.includes('Connection: close')).toBe(!interim);
  });

  it.each([
    ['X-Odd : a', 'X-Odd: a'],
    ['X-Odd\t:\ta\t', 'X-Odd: a'],
    ["!#$%&'*+.^_`|~09-aZ: a", "!#$%&'*+.^_`|~09-aZ: a"],
    ['X-Odd: a\u0001\u0002b\u007fc', 'X-Odd: a b c'],
    ['X-Odd: caf\xe9\t\x80', 'X-Odd: caf\xe9\t\x80'],
    ['X-Odd: a:b', 'X-Odd: a:b'],
    ['X-Odd:', 'X-Odd: '],
  ])('has the line %j as %j', (line, as) => {
    expect(repaired('HTTP/1.1 200 OK', line)?.bytes).toEqual(['HTTP/1.1 200 OK', as, 'Connection: close', '', '']);
  });

  it.each(['Nonsense', ': a', 'X Odd: a', 'X-Gr\xf6\xdfe: a', '(x): a'])(
    'lacks the line %j, which is no header',
    (line) => {
      expect(repaired('HTTP/1.1 200 OK', 'A: b', line)?.bytes).toEqual([
        'HTTP/1.1 200 OK',
        'A: b',
        'Connection: close',
        '',
        '',
      ]);
    },
  );

  it('has a header in one line that went on in the next', () => {
    expect(repaired('HTTP/1.1 200 OK', 'A: b', '  c', '\td', 'E: f')?.bytes).toEqual([
      'HTTP/1.1 200 OK',
      'A: b c d',
      'E: f',
      'Connection: close',
      '',
      '',
    ]);
  });

  it('has no control character in its first line', () => {
    expect(repaired('HTTP/1.1 200 O\u0001K')?.bytes[0]).toBe('HTTP/1.1 200 O K');
  });
});
