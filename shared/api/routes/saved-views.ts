// /v1/views: what people look for in the console, kept under a name.
import * as z from 'zod/mini';
import { hashId } from '../../model/ids.ts';
import { pageSchemaOf } from '../../model/page.ts';
import {
  LONGEST_VIEW_NAME,
  LONGEST_VIEW_QUERY,
  MOST_VIEWS,
  type SavedView,
  savedViewSchema,
} from '../../model/saved-view.ts';
import { existing, NO_CONTENT, ok, onePage } from '../answers.ts';
import type { ApiPorts } from '../api-ports.ts';
import { RequestError } from '../problem.ts';
import { route } from '../route.ts';

const viewPath = z.strictObject({ id: z.string() });
const newViewSchema = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(LONGEST_VIEW_NAME)),
  query: z.string().check(z.maxLength(LONGEST_VIEW_QUERY), z.describe('What follows the `?` of the address')),
  shared: z.optional(z.boolean().check(z.describe('Whether everybody sees it; absent: its owner alone'))),
});

const nameOf = ({ caller }: ApiPorts): string => caller ?? 'API';
const isSeenBy = ({ shared, owner }: SavedView, ports: ApiPorts): boolean => shared || owner === nameOf(ports);

export const listViews = route({
  summary: 'Saved views: your own, and those that colleagues share',
  answers: { 200: pageSchemaOf(savedViewSchema) },
  handle: async (_input, ports: ApiPorts) => {
    const views = (await ports.views.listViews()).filter((view) => isSeenBy(view, ports));
    return ok(onePage(views.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))));
  },
});

export const addView = route({
  summary: 'Save a view under a name',
  body: newViewSchema,
  answers: { 201: savedViewSchema },
  handle: async ({ body: { name, query, shared = false } }, ports: ApiPorts) => {
    if ((await ports.views.listViews()).length >= MOST_VIEWS)
      throw new RequestError(
        'invalid_body',
        `there are ${MOST_VIEWS} saved views, and there can be no more. Remove some that nobody uses`,
      );
    const [owner, createdAt] = [nameOf(ports), ports.clock.now().toISOString()];
    const view: SavedView = {
      id: hashId('view', `${owner} ${createdAt} ${name}`),
      name,
      query,
      owner,
      shared,
      createdAt,
    };
    await ports.views.putView(view);
    return { status: 201 as const, body: view };
  },
});

export const removeView = route({
  summary: 'Remove a view: your own, or as an admin any that is shared',
  path: viewPath,
  answers: { 204: null },
  handle: async ({ path: { id } }, ports: ApiPorts) => {
    const found = (await ports.views.listViews()).find((view) => view.id === id && isSeenBy(view, ports)) ?? null;
    const view = existing(found, 'view', id);
    if (view.owner !== nameOf(ports) && (ports.role ?? 'admin') !== 'admin')
      throw new RequestError('forbidden', `this view is ${view.owner}'s: only ${view.owner} or an admin removes it`);
    await ports.views.removeView(id);
    return NO_CONTENT;
  },
});
