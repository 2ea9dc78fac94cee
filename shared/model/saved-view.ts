// A saved view: what somebody looks for in the console, under a name, for themselves or for all.
import * as z from 'zod/mini';
import { described, type Immutable, instant, named, pick } from './schema.ts';

/** Of one Tocsin. */
export const MOST_VIEWS = 500;
export const LONGEST_VIEW_NAME = 100;
export const LONGEST_VIEW_QUERY = 1_000;

const publicShape = {
  id: z.string(),
  name: z.string(),
  query: described(z.string(), 'What follows the `?` of the address: `since=P7D&topic=troop-deployment`'),
  owner: described(z.string(), 'Who saved it'),
  shared: described(z.boolean(), 'Whether everybody sees it, or its owner alone'),
  createdAt: instant(),
};

export const savedViewSchema = z.strictObject(publicShape);
export type SavedView = Immutable<z.infer<typeof savedViewSchema>>;

/** What the API shows of it. */
export const publishedViewSchema = named('SavedView', z.strictObject(publicShape));
export const publishedView = (view: SavedView) => pick(publishedViewSchema, view);
