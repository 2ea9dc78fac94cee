// Ids in paths, with the types of the handlers. Any text will do: the store knows whether something has that id.
import * as z from 'zod/mini';
import type { ArticleId, FeedId, MatchId, SubscriptionId } from '../model/ids.ts';

const isText = (value: unknown): boolean => typeof value === 'string';

export const feedIdSchema = z.custom<FeedId>(isText);

export const articleIdSchema = z.custom<ArticleId>(isText);

export const feedPath = z.strictObject({ id: feedIdSchema });
export const matchPath = z.strictObject({ id: z.custom<MatchId>(isText) });
export const storyPath = z.strictObject({ id: z.string() });
export const subscriptionPath = z.strictObject({ id: z.custom<SubscriptionId>(isText) });
export const outputPath = z.strictObject({ id: z.string() });
export const topicPath = z.strictObject({ id: z.string() });
