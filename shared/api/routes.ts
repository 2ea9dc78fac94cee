// Every route of /v1. What each takes, answers and does is in routes/; the OpenAPI document is made from this table.
import type { ApiPorts } from './api-ports.ts';
import { at, type RouteEntry } from './route.ts';
import * as deliveries from './routes/deliveries.ts';
import * as feeds from './routes/feeds.ts';
import * as instance from './routes/instance.ts';
import * as matches from './routes/matches.ts';
import * as outputs from './routes/outputs.ts';
import * as savedViews from './routes/saved-views.ts';
import * as stories from './routes/stories.ts';
import * as volume from './routes/story-volume.ts';
import * as subscriptions from './routes/subscriptions.ts';
import * as suppressions from './routes/suppressions.ts';
import * as topics from './routes/topics.ts';

export const ROUTES: readonly RouteEntry<ApiPorts>[] = [
  at(
    'GET',
    '/v1/openapi.json',
    'getOpenApi',
    instance.getOpenApi(() => ROUTES),
  ),
  at('GET', '/v1/schemas/match.v1.json', 'getMatchSchema', instance.getMatchSchema),
  at('GET', '/v1/schemas/story.v1.json', 'getStorySchema', instance.getStorySchema),
  at('GET', '/v1/me', 'getMe', instance.getMe),
  at('GET', '/v1/status', 'getStatus', instance.getStatus),
  at('GET', '/v1/findings', 'listFindings', instance.listFindings),
  at('GET', '/v1/matches', 'listMatches', matches.listMatches),
  at('GET', '/v1/matches/{id}', 'getMatch', matches.getMatch),
  at('GET', '/v1/matches/{id}/deliveries', 'listDeliveriesOfMatch', matches.listDeliveriesOfMatch),
  at('GET', '/v1/matches/{id}/story', 'getStoryOfMatch', stories.getStoryOfMatch),
  at('GET', '/v1/stories', 'listStories', stories.listStories),
  at('GET', '/v1/stories/volume', 'getStoryVolume', volume.getVolume),
  at('GET', '/v1/stories/{id}', 'getStory', stories.getStory),
  at('PUT', '/v1/stories/{id}/triage', 'putTriage', stories.putTriage, 'analyst'),
  at('GET', '/v1/views', 'listViews', savedViews.listViews),
  at('POST', '/v1/views', 'addView', savedViews.addView, 'analyst'),
  at('DELETE', '/v1/views/{id}', 'removeView', savedViews.removeView, 'analyst'),
  at('GET', '/v1/deliveries', 'listDeliveries', deliveries.listDeliveries),
  at('POST', '/v1/deliveries/redeliver', 'redeliver', deliveries.redeliver),
  at('GET', '/v1/topics', 'listTopics', topics.listTopics),
  at('PUT', '/v1/topics', 'putTopics', topics.putTopics),
  at('GET', '/v1/topics/{id}', 'getTopic', topics.getTopic),
  at('DELETE', '/v1/topics/{id}', 'removeTopic', topics.removeTopic),
  at('POST', '/v1/topics/{id}/restore', 'restoreTopic', topics.restoreTopic),
  at('GET', '/v1/topics/{id}/feedback', 'listFeedback', topics.listFeedback),
  at('GET', '/v1/feeds', 'listFeeds', feeds.listFeeds),
  at('POST', '/v1/feeds', 'addFeed', feeds.addFeed),
  at('POST', '/v1/feeds/import', 'addFeeds', feeds.importFeeds),
  at('GET', '/v1/feeds/{id}', 'getFeed', feeds.getFeed),
  at('PATCH', '/v1/feeds/{id}', 'changeFeed', feeds.changeFeed),
  at('DELETE', '/v1/feeds/{id}', 'removeFeed', feeds.removeFeed),
  at('POST', '/v1/feeds/{id}/poll', 'pollFeed', feeds.pollFeed),
  at('GET', '/v1/outputs', 'listOutputs', outputs.listOutputs),
  at('POST', '/v1/outputs', 'addOutput', outputs.addOutput),
  at('GET', '/v1/outputs/{id}', 'getOutput', outputs.getOutput),
  at('PATCH', '/v1/outputs/{id}', 'changeOutput', outputs.changeOutput),
  at('DELETE', '/v1/outputs/{id}', 'removeOutput', outputs.removeOutput),
  at('POST', '/v1/outputs/{id}/renew', 'renewOutput', outputs.renewOutput),
  at('GET', '/v1/subscriptions', 'listSubscriptions', subscriptions.listSubscriptions),
  at('POST', '/v1/subscriptions', 'subscribe', subscriptions.subscribe, 'analyst'),
  at('GET', '/v1/subscriptions/{id}', 'getSubscription', subscriptions.getSubscription),
  at('PATCH', '/v1/subscriptions/{id}', 'changeSubscription', subscriptions.changeSubscription, 'analyst'),
  at('DELETE', '/v1/subscriptions/{id}', 'unsubscribe', subscriptions.unsubscribe, 'analyst'),
  at('POST', '/v1/subscriptions/{id}/test', 'testSubscription', subscriptions.test, 'analyst'),
  at('POST', '/v1/subscriptions/{id}/rotate-secret', 'rotateSecret', subscriptions.rotateSecret),
  at('POST', '/v1/subscriptions/{id}/mutes', 'mute', subscriptions.mute, 'analyst'),
  at('DELETE', '/v1/subscriptions/{id}/mutes', 'unmute', subscriptions.unmute, 'analyst'),
  at('POST', '/v1/forget', 'forget', subscriptions.forget),
  at(
    'GET',
    '/v1/subscriptions/{id}/deliveries',
    'listDeliveriesOfSubscription',
    subscriptions.listDeliveriesOfSubscription,
  ),
  at('GET', '/v1/suppressions', 'listSuppressions', suppressions.listSuppressions),
  at('POST', '/v1/suppressions/remove', 'removeSuppression', suppressions.removeSuppression),
];
