import { utf8Damage } from '../../../shared/text/utf8-damage.ts';
import { bytes } from '../../support/bytes.ts';

describe('of a text that is not all UTF-8', () => {
  it.each<[what: string, body: Uint8Array, damage: readonly [whole: number, cut: number, stray: number]]>([
    ['ASCII counts for nothing', bytes('plain'), [0, 0, 0]],
    ['characters of two, three and four bytes are whole', bytes('é’😀'), [3, 0, 0]],
    ['two bytes of three are a cut character', bytes([0xe2, 0x80], ' '), [0, 1, 0]],
    ['three bytes of four are a cut character', bytes([0xf0, 0x9f, 0x98], 'x'), [0, 1, 0]],
    ['a first byte alone is stray', bytes([0xe9], 't', [0xc3], ' '), [0, 0, 2]],
    ['a following byte alone is stray', bytes([0x92], 's', [0xbf, 0x80]), [0, 0, 3]],
    ['bytes that UTF-8 never has are stray', bytes([0xc0, 0xc1, 0xf5, 0xff]), [0, 0, 4]],
    ['a following byte too many is stray', bytes('é', [0xa9]), [1, 0, 1]],
    ['the first and the last first bytes count', bytes([0xc2, 0x80, 0xdf, 0xbf, 0xf4, 0x8f, 0xbf, 0xbf]), [3, 0, 0]],
    ['the end may cut a character', bytes('é', [0xe2, 0x80]), [1, 1, 0]],
  ])('%s', (_what, body, [whole, cut, stray]) => {
    expect(utf8Damage(body)).toEqual({ whole, cut, stray });
  });
});
