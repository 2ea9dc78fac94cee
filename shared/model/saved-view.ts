// A saved view: what somebody looks for in the console, under a name, for themselves or for all.
import * as z from 'zod/mini';
import { described, type Immutable, instant, named } from './schema.ts';

/** Of one Tocsin. */
export const MOST_VIEWS = 500;
export const LONGEST_VIEW_NAME = 100;
export const LONGEST_VIEW_QUERY = 1_000;

/** What is stored of it and what the API shows are the same. */
export const savedViewSchema = named(
  'SavedView',
  z.strictObject({
    id: z.string(),
    name: z.string(),
    query: described(z.string(), 'What follows the `?` of the address: `since=P7D&topic=troop-deployment`'),
    owner: described(z.string(), 'Who saved it'),
    shared: described(z.boolean(), 'Whether everybody sees it, or its owner alone'),
    createdAt: instant(),
  }),
);
export type SavedView = Immutable<z.infer<typeof savedViewSchema>>;
