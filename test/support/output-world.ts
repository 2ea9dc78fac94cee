// Outputs, and their addresses.
import { type OutputFeed, type OutputForm, outputPath, secretHashOf } from '../../shared/model/output.ts';
import { START } from './builders.ts';

const OUTPUT_SECRET = 's'.repeat(43);
const OUTPUT_ID = 'o'.repeat(26);

export const anOutput = (change: Partial<OutputFeed> = {}): OutputFeed => ({
  id: OUTPUT_ID,
  title: 'Rivers',
  topics: ['*'],
  feed: null,
  source: null,
  lang: null,
  text: null,
  createdAt: START,
  updatedAt: START,
  secretHash: secretHashOf(OUTPUT_SECRET),
  lastReadOn: null,
  ...change,
});

/** Where `anOutput` is read. */
export const pathOfOutput = (form: OutputForm, secret = OUTPUT_SECRET): string => outputPath(OUTPUT_ID, secret, form);
