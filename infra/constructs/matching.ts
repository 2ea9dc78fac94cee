// The article queue and match-articles. It reads foreign pages, so it too may neither send mail nor publish.
import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { concurrencyOf } from '../concurrency.ts';
import { QueueWithDeadLetters } from './queue-with-dead-letters.ts';
import type { Subsystem } from './subsystem.ts';
import { TocsinFunction } from './tocsin-function.ts';

/**
 * Ten articles side by side: robots.txt and page each wait for their turn and take up to 20 s, and no redirect is followed after 40 s;
 * then extraction, one after the other, 3 s each.
 */
const MATCH_TIMEOUT = Duration.seconds(180);
const TURN_WAIT = Duration.seconds(20);

export class Matching extends Construct {
  readonly queue: Queue;
  readonly matchArticles: TocsinFunction;
  private readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: Subsystem) {
    super(scope, id);
    const articles = new QueueWithDeadLetters(this, 'Articles', { consumerTimeout: MATCH_TIMEOUT });
    const { queue } = articles;
    this.queue = queue;
    this.deadLetters = articles.deadLetters;
    this.matchArticles = new TocsinFunction(this, 'MatchArticles', {
      name: 'match-articles',
      description: 'Makes the article of a new item, matches every topic, stores the matches and their story',
      bundles: props.bundles,
      timeout: MATCH_TIMEOUT,
      memoryMb: 1024, // extraction runs in a worker bounded to 256 MB; CPU comes with memory
      logRetention: props.logRetention,
      feedsItself: true, // for pages that cannot be read yet: MOST_HOPS in page-retries.ts
    });
    props.storage.grant(this.matchArticles, 'match-articles');
    articles.giveTo(this.matchArticles);
    queue.grantSendMessages(this.matchArticles.role); // an article whose page cannot be read yet is sent again, up to eight times in half an hour
    this.matchArticles.setEnvironment({
      ...props.environment,
      articleQueueUrl: queue.queueUrl,
      turnWaitSeconds: String(TURN_WAIT.toSeconds()),
    });
    this.matchArticles.fn.addEventSource(
      new SqsEventSource(queue, {
        batchSize: 10,
        maxBatchingWindow: Duration.seconds(2),
        reportBatchItemFailures: true,
        maxConcurrency: concurrencyOf(props.settings.aws.concurrency).perQueue,
      }),
    );
    this.observe(props);
  }

  private observe({ operations }: Subsystem): void {
    operations.watchFunction('match-articles', this.matchArticles.fn);
    operations.watchRecords('match-articles');
    operations.watchDeadLetters('article-dead-letters', this.deadLetters);
    operations.watch({
      name: 'topics-skipped',
      metric: operations.metric('match-articles', 'topicsSkipped', Stats.SUM),
      threshold: 0,
      why: 'A topic was too costly for a document and was skipped on it.',
    });
    operations.chart('Articles matched and not; matches stored', [
      operations.metric('match-articles', 'articlesMatched', Stats.SUM),
      operations.metric('match-articles', 'articlesUnmatched', Stats.SUM),
      operations.metric('match-articles', 'matchesStored', Stats.SUM),
    ]);
    operations.chart('Pages that could not be extracted', [
      operations.metric('match-articles', 'extractionsFailed', Stats.SUM),
    ]);
  }
}
