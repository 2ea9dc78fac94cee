// The HTTP API: /v1 for those whose requests IAM signs and allows; /u for the links in mails, by a function that shows
// what a subscriber was sent and changes their subscription; /f for programs that read outputs, by a function that reads matches only.
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type CfnStage, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { MailEvents } from './mail-events.ts';
import { allowChannelSecrets, allowMail } from './sending.ts';
import type { Subsystem } from './subsystem.ts';
import { TocsinFunction } from './tocsin-function.ts';

/** Requests a second and in a burst, over all callers: enough for people and scripts, a bound on what a mistake costs. */
const THROTTLE = { rateLimit: 20, burstLimit: 40 };

/** No address of a caller and no query: what is needed to count and to find a failure. */
const ACCESS_LOG_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  error: '$context.error.message',
});

export interface ApiProps extends Subsystem {
  readonly pollQueue: Queue;
  readonly deliveryQueue: Queue;
  readonly alertTopic: Topic;
  readonly mailEvents: MailEvents;
}

export class Api extends Construct {
  readonly api: TocsinFunction;
  readonly publicLinks: TocsinFunction;
  readonly outputFeeds: TocsinFunction;

  constructor(scope: Construct, id: string, props: ApiProps & { readonly httpApi: HttpApi }) {
    super(scope, id);
    this.api = new TocsinFunction(this, 'Api', {
      name: 'api',
      description: 'Answers queries; manages feeds, topics and subscriptions',
      bundles: props.bundles,
      timeout: Duration.seconds(25), // an address that is read before it is followed takes up to 22 s
      memoryMb: 512,
      logRetention: props.logRetention,
    });
    props.storage.grant(this.api, 'api');
    props.pollQueue.grantSendMessages(this.api.role);
    props.deliveryQueue.grantSendMessages(this.api.role);
    this.api.allow(['sns:Subscribe', 'sns:ListSubscriptionsByTopic'], [props.alertTopic.topicArn]);
    // Whether alarms reach any address, for the status.
    this.api.allow(['sns:ListSubscriptionsByTopic'], [props.operations.topic.topicArn]);
    this.api.allowOnAll(['sns:Unsubscribe', 'sns:GetSubscriptionAttributes', 'sns:SetSubscriptionAttributes']);
    if (props.settings.mail.from !== null) this.api.allowOnAll(['ses:GetAccount']);
    this.api.setEnvironment({
      ...props.environment,
      pollQueueUrl: props.pollQueue.queueUrl,
      deliveryQueueUrl: props.deliveryQueue.queueUrl,
      alertTopicArn: props.alertTopic.topicArn,
      publicUrl: props.httpApi.apiEndpoint,
      operationsTopicArn: props.operations.topic.topicArn,
    });
    // It asks new addresses to confirm, and sends tests.
    allowMail(this.api, props);
    allowChannelSecrets(this.api, 'manage');

    this.publicLinks = new TocsinFunction(this, 'PublicLinks', {
      name: 'public-links',
      description: 'Shows and changes a subscription by the links in its mails',
      bundles: props.bundles,
      timeout: Duration.seconds(10),
      logRetention: props.logRetention,
    });
    props.storage.grant(this.publicLinks, 'public-links');
    this.publicLinks.setEnvironment(props.environment);
    allowChannelSecrets(this.publicLinks, 'remove');

    this.outputFeeds = this.serveOutputs(props);

    props.httpApi.addRoutes({
      path: '/v1/{path+}',
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration('ApiIntegration', this.api.fn),
      authorizer: new HttpIamAuthorizer(),
    });
    const open = props.httpApi.addRoutes({
      path: '/u/{path+}',
      methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST],
      integration: new HttpLambdaIntegration('PublicLinksIntegration', this.publicLinks.fn),
    });
    for (const route of open) {
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'The link in a mail must work without a login (RFC 8058); its 256-bit token is the authority.',
      });
    }
    props.operations.watchFunction('api', this.api.fn);
    props.operations.watchFunction('public-links', this.publicLinks.fn);
  }

  private serveOutputs(props: ApiProps & { readonly httpApi: HttpApi }): TocsinFunction {
    const outputFeeds = new TocsinFunction(this, 'OutputFeeds', {
      name: 'output-feeds',
      description: 'Serves matches as feeds to the programs that know their addresses',
      bundles: props.bundles,
      timeout: Duration.seconds(25), // a filter by text reads thousands of matches
      logRetention: props.logRetention,
    });
    props.storage.grant(outputFeeds, 'output-feeds');
    outputFeeds.setEnvironment({ ...props.environment, publicUrl: props.httpApi.apiEndpoint });
    const read = props.httpApi.addRoutes({
      path: '/f/{path+}',
      methods: [HttpMethod.GET, HttpMethod.HEAD],
      integration: new HttpLambdaIntegration('OutputFeedsIntegration', outputFeeds.fn),
    });
    for (const route of read) {
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason: 'Feed readers cannot sign requests; the 256-bit secret in the address is the authority.',
      });
    }
    props.operations.watchFunction('output-feeds', outputFeeds.fn);
    return outputFeeds;
  }
}

/** The API itself, made before its functions because mails carry its address. */
export function httpApi(scope: Construct, logRetention: Subsystem['logRetention']): HttpApi {
  const api = new HttpApi(scope, 'HttpApi', { description: 'Tocsin: /v1 signed with IAM, /u and /f open' });
  const accessLog = new LogGroup(scope, 'AccessLog', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
  const stage = api.defaultStage?.node.defaultChild as CfnStage;
  stage.accessLogSettings = { destinationArn: accessLog.logGroupArn, format: ACCESS_LOG_FORMAT };
  stage.defaultRouteSettings = { throttlingRateLimit: THROTTLE.rateLimit, throttlingBurstLimit: THROTTLE.burstLimit };
  return api;
}
