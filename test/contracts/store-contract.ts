// What every store must do, whatever it stands on: each sentence of shared/ports.ts as a test.
// Run on memory, on the embedded database and on DynamoDB Local; see the test files beside this one.
import type { Stores } from '../../shared/ports.ts';
import type { SetClock } from '../support/builders.ts';
import { describeDeliveryQuery } from './delivery-query-contract.ts';
import { describeDeliveryStore } from './delivery-store-contract.ts';
import { describeDigestStore } from './digest-store-contract.ts';
import { describeDueStore } from './due-store-contract.ts';
import { describeFeedIncidentStore } from './feed-incident-store-contract.ts';
import { describeFeedStore } from './feed-store-contract.ts';
import { describeHitStore } from './hit-store-contract.ts';
import { describeHostPaceStore } from './host-pace-store-contract.ts';
import { describeMatchStore } from './match-store-contract.ts';
import { describeOutputStore } from './output-store-contract.ts';
import { describePersonStore } from './person-store-contract.ts';
import { describeScheduleStore } from './schedule-store-contract.ts';
import { describeSendPaceStore } from './send-pace-store-contract.ts';
import { describeStoryReaderStore } from './story-reader-store-contract.ts';
import { describeStoryStore } from './story-store-contract.ts';
import { describeSubscriptionStore } from './subscription-store-contract.ts';
import { describeSuppressionStore } from './suppression-store-contract.ts';
import { describeTopicStore } from './topic-store-contract.ts';
import { describeTriageStore } from './triage-store-contract.ts';
import { describeViewStore } from './view-store-contract.ts';
import { describeWordCountStore } from './word-count-store-contract.ts';

/** Stores without content, of their own for each test. */
export interface Subject extends Stores {
  /** The same data as another process sees it. */
  readonly elsewhere: Stores;
  readonly clock: SetClock;
}

export type OpenSubject = () => Promise<Subject>;

export function describeStores(open: OpenSubject): void {
  describeStoresOfFeeds(open);
  describeStoresOfTopics(open);
  describeStoresOfMatches(open);
  describeStoresOfStories(open);
  describeStoresOfSubscriptions(open);
  describeStoresOfDeliveries(open);
}

/** What is read, and when. */
export function describeStoresOfFeeds(open: OpenSubject): void {
  describeFeedStore(open);
  describeFeedIncidentStore(open);
  describeHostPaceStore(open);
  describeScheduleStore(open);
}

/** What is looked for, and what is offered of it to other programs. */
export function describeStoresOfTopics(open: OpenSubject): void {
  describeTopicStore(open);
  describeOutputStore(open);
  describeViewStore(open);
}

/** What was found. */
export function describeStoresOfMatches(open: OpenSubject): void {
  describeMatchStore(open);
  describeHitStore(open);
}

/** What belongs together. */
export function describeStoresOfStories(open: OpenSubject): void {
  describeStoryStore(open);
  describeStoryReaderStore(open);
  describeTriageStore(open);
  describeWordCountStore(open);
}

/** Who is told of it. */
export function describeStoresOfSubscriptions(open: OpenSubject): void {
  describeSubscriptionStore(open);
  describeSuppressionStore(open);
  describePersonStore(open);
  describeSendPaceStore(open);
}

/** What was sent. */
export function describeStoresOfDeliveries(open: OpenSubject): void {
  describeDeliveryStore(open);
  describeDeliveryQuery(open);
  describeDigestStore(open);
  describeDueStore(open);
}
