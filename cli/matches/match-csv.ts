// Stored matches as a table for spreadsheets.
import { originsOf } from '../../shared/model/match.ts';
import { csv } from '../output.ts';
import type { ShownMatch } from './shown-match.ts';

const COLUMNS: Readonly<Record<string, (match: ShownMatch) => string>> = {
  id: ({ id }) => id,
  topic: ({ topic }) => topic.id,
  topic_version: ({ topic }) => topic.version,
  severity: ({ topic }) => topic.severity,
  first_seen: ({ article }) => article.firstSeenAt,
  published: ({ article }) => article.publishedAt ?? '',
  language: ({ article }) => article.language,
  sources: ({ sources }) => sources.map(({ title }) => title).join('; '),
  title: ({ article }) => article.title,
  url: ({ article }) => article.url,
  passage: ({ passages }) => passages.map(({ text }) => text).join(' … '),
  origin: (match) => originsOf(match).join('; '),
  why: ({ why }) => why,
  quiet: ({ quiet }) => quiet ?? '',
};

export const matchesAsCsv = (found: readonly ShownMatch[]): string =>
  csv([Object.keys(COLUMNS), ...found.map((match) => Object.values(COLUMNS).map((value) => value(match)))]);
