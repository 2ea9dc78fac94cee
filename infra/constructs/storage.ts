// The one table, and who may do what with it: each grant names a promise that a template test holds.
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { TABLE } from '../../adapters/dynamodb/table.ts';
import type { Operations } from './operations.ts';
import type { TocsinFunction } from './tocsin-function.ts';

export interface StorageProps {
  /** The table can be deleted neither by hand nor with the stack. */
  readonly deletionProtection: boolean;
  readonly operations: Operations;
}

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
const WRITE = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:ConditionCheckItem'];
/** Writes that never take a record away. */
const ADD = ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'];

export class Storage extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, props: StorageProps) {
    super(scope, id);
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    this.table = new Table(this, 'Table', {
      partitionKey: text(TABLE.partitionKey),
      sortKey: text(TABLE.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: TABLE.ttlAttribute,
      stream: StreamViewType[TABLE.streamView],
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.deletionProtection,
      removalPolicy: props.deletionProtection ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    for (const index of Object.values(TABLE.indexes)) {
      this.table.addGlobalSecondaryIndex({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        ...(index.include.length === 0
          ? { projectionType: ProjectionType.KEYS_ONLY }
          : { projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [...index.include] }),
      });
    }
    props.operations.chart(
      'Table: capacity used',
      [this.table.metricConsumedReadCapacityUnits()],
      [this.table.metricConsumedWriteCapacityUnits()],
    );
  }

  /** Reads the groups, keeps the clock's mark. */
  grantSchedule = (fn: TocsinFunction): void => this.grant(fn, [...READ, ...ADD], []);
  /** Reads feeds and memory, writes poll state and memory; deletes nothing, sees no index. */
  grantPolling = (fn: TocsinFunction): void => this.grant(fn, [...READ, ...ADD], []);
  /** Reads topics, stores matches; deletes nothing, sees no index. */
  grantMatching = (fn: TocsinFunction): void => this.grant(fn, [...READ, ...ADD], []);
  /** Reads matches and subscriptions, keeps deliveries and digests; finds what is due. */
  grantAlerting = (fn: TocsinFunction): void =>
    this.grant(fn, [...READ, ...ADD], [TABLE.indexes.pending.name, TABLE.indexes.related.name]);
  grantApi = (fn: TocsinFunction): void =>
    this.grant(
      fn,
      [...READ, ...WRITE],
      Object.values(TABLE.indexes).map(({ name }) => name),
    );
  /** Ends a subscription: its record and its places under its topics. */
  grantUnsubscribing = (fn: TocsinFunction): void =>
    fn.allow([...READ, ...WRITE], [this.table.tableArn], {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['TOKEN#*', 'SUBSCRIPTION#*', 'SUBSCRIBERS#*', 'TARGET#*'] },
    });
  /** Reads everything, too, when an upgrade gives the records another shape. */
  grantConfiguring = (fn: TocsinFunction): void => this.grant(fn, [...READ, 'dynamodb:Scan', ...WRITE], []);

  /** Indexes are named one by one, so that no policy holds a wildcard. */
  private grant(fn: TocsinFunction, actions: readonly string[], indexes: readonly string[]): void {
    fn.allow(actions, [this.table.tableArn]);
    if (indexes.length > 0)
      fn.allow(
        ['dynamodb:Query'],
        indexes.map((name) => `${this.table.tableArn}/index/${name}`),
      );
  }
}
