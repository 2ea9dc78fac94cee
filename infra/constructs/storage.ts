// The one table, and the rights of each function on it.
import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { indexNames, type TableRole, tableStatements } from '../../adapters/dynamodb/grants.ts';
import { TABLE } from '../../adapters/dynamodb/table.ts';
import type { Operations } from './operations.ts';
import type { TocsinFunction } from './tocsin-function.ts';

export interface StorageProps {
  /** The table can be deleted neither by hand nor with the stack. */
  readonly deletionProtection: boolean;
  readonly operations: Operations;
}

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

  /** What adapters/dynamodb/grants.ts says of the function. Indexes are named one by one, so that no policy holds a wildcard. */
  grant(fn: TocsinFunction, role: TableRole): void {
    for (const { actions, partitions } of tableStatements(role)) {
      fn.allow(
        actions.map((action) => `dynamodb:${action}`),
        [this.table.tableArn],
        partitions === 'every' ? undefined : { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions } },
      );
    }
    const indexes = indexNames(role).map((name) => `${this.table.tableArn}/index/${name}`);
    if (indexes.length > 0) fn.allow(['dynamodb:Query'], indexes);
  }
}
