// Stored matches as a table for spreadsheets.
import { csvColumnsOf } from '../../shared/model/csv-columns.ts';
import { type PublishedMatch, publishedMatchSchema } from '../../shared/model/match.ts';
import { csv } from '../output.ts';

const COLUMNS = csvColumnsOf(publishedMatchSchema);

export const matchesAsCsv = (found: readonly PublishedMatch[]): string =>
  csv([COLUMNS.map(({ name }) => name), ...found.map((match) => COLUMNS.map(({ value }) => value(match)))]);
