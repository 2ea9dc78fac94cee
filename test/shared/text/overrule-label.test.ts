import { decoderFor } from '../../../shared/text/charset.ts';
import { sampleOf } from '../../../shared/text/charset-sample.ts';
import { readSample } from '../../../shared/text/detect-charset.ts';
import { type Claim, overrulingEncoding } from '../../../shared/text/overrule-label.ts';

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
