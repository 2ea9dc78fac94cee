import { decoderFor } from '../../../shared/text/charset.ts';
import { sampleOf } from '../../../shared/text/charset-sample.ts';
import { readSample } from '../../../shared/text/detect-charset.ts';
import { type Claim, gatherEvidence, overrulingEncoding } from '../../../shared/text/overrule-label.ts';

const claim = (label: string): Claim => {
  const decoder = decoderFor(label);
  if (decoder === null) throw new Error(`${label} is not known`);
  return { source: 'the Content-Type', label, decoder };
};

interface Rival {
  readonly body?: Uint8Array;
  readonly claims: readonly string[];
  /** Bits by which another reading is likelier. */
  readonly lead: number;
  /** What it reads. */
  readonly text?: string;
}

/** Whether the first label yields. */
function yields({ body = Buffer.from('\xe9t\xe9 ', 'latin1'), claims: labels, lead, text = 'ètè ' }: Rival): boolean {
  const claims = labels.map(claim);
  const [first] = claims as [Claim];
  const sample = sampleOf(body);
  const bits = readSample(sample, first.decoder.encoding).bits - lead;

  const found = overrulingEncoding(first, claims, {
    sample,
    ranked: [{ label: 'macintosh', text, bits, language: 'fr' }],
  });

  return found === 'macintosh';
}

describe('a label yields to a reading that leads', () => {
  it.each<[what: string, needed: number, rival: Omit<Rival, 'lead'>]>([
    ['by 16 bits', 16, { claims: ['windows-1252'] }],
    ['by a quarter more where two places agree', 20, { claims: ['windows-1252', 'iso-8859-1'] }],
    ['by twice as much for an encoding that nobody names by mistake', 32, { claims: ['iso-8859-3'] }],
    ['by twice as much for a page of DOS', 32, { claims: ['cp850'], text: 'ètè ' }],
    ['by no more for the names of one encoding', 16, { claims: ['iso-8859-15'] }],
    ['by half as much for what the other label says', 8, { claims: ['windows-1252', 'macintosh'], text: 'ÈtÈ ' }],
    [
      'by no less where one character in ten is broken',
      16,
      { claims: ['windows-1252'], body: Buffer.from(`${'\xe9'.repeat(9)}\x81 `, 'latin1'), text: `${'x'.repeat(10)} ` },
    ],
    [
      'by 5 bits where two in ten are broken',
      5,
      {
        claims: ['windows-1252'],
        body: Buffer.from(`${'\xe9'.repeat(8)}\x81\x81 `, 'latin1'),
        text: `${'x'.repeat(10)} `,
      },
    ],
    ['by 5 bits where it cannot be read as labelled', 5, { claims: ['gbk'], body: Buffer.from('caf\xe9 ', 'latin1') }],
    [
      'by half a bit for each character that differs',
      50,
      { claims: ['windows-1251'], body: Buffer.from(`${'\xe9'.repeat(100)} `, 'latin1'), text: `${'x'.repeat(100)} ` },
    ],
  ])('%s', (_what, needed, rival) => {
    expect(yields({ ...rival, lead: needed - 0.1 })).toBe(false);
    expect(yields({ ...rival, lead: needed + 0.1 })).toBe(true);
  });

  it('but not to one that reads the same', () => {
    expect(yields({ claims: ['windows-1252'], lead: 100, text: 'été ' })).toBe(false);
  });
});

describe('the evidence for UTF-8', () => {
  const body = Buffer.concat([Buffer.from('été là '), Buffer.from([0x78, 0xe2, 0x80, 0x20, 0x79, 0xe2, 0x80, 0x20])]);

  it('counts a character that was cut off fourteen bits less, and is in its order', () => {
    const { sample, ranked } = gatherEvidence(body, true);
    const bits = ranked.map((reading) => reading.bits);

    expect(ranked.find(({ label }) => label === 'utf-8')?.bits).toBe(readSample(sample, 'utf-8').bits - 2 * 14);
    expect(bits).toEqual(bits.toSorted((left, right) => left - right));
  });

  it('is not asked for where the bytes are not mostly so', () => {
    expect(gatherEvidence(body, false).ranked.some(({ label }) => label === 'utf-8')).toBe(false);
  });
});
