import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { ORDER_LOG_TABLES } from '../../functions/published/order-log-tables.ts';
import { tell } from './grant.ts';
import { Group } from './group.ts';
import { WaybillTable } from './waybill-table.ts';

export interface EventLogProps {
  /** A snapshot is due when this many events have come since the last one. */
  readonly snapshotEvery: string;
}

/** The streams of events, with the ids of the commands that led to them and the snapshots that long streams are loaded from. */
export class EventLog extends Group {
  /** Every order's events; its stream is the outbox. */
  readonly table: WaybillTable;
  readonly #commands: WaybillTable;
  /** Whole orders, personal data and all: it is kept, encrypted and removed as the log is. */
  readonly #snapshots: WaybillTable;
  readonly #snapshotEvery: string;

  constructor(scope: Construct, id: string, props: EventLogProps) {
    super(scope, id);
    const { orderLog, commands, orderSnapshots } = ORDER_LOG_TABLES;
    this.table = new WaybillTable(this, 'OrderLog', orderLog, { sortKeyType: AttributeType.NUMBER, stream: true });
    this.#commands = new WaybillTable(this, 'Commands', commands);
    this.#snapshots = new WaybillTable(this, 'OrderSnapshots', orderSnapshots);
    this.#snapshotEvery = props.snapshotEvery;
  }

  /** Reads a stream. */
  grantRead(reader: LambdaFunction): void {
    this.table.grantTo(reader, 'Query');
  }

  /** Looks up whether an event of the bus is in the log. */
  grantFindEvent(consumer: LambdaFunction): void {
    this.table.grantTo(consumer, 'GetItem');
  }

  /** Reads all streams, one after the other. */
  grantReadAll(reader: LambdaFunction): void {
    this.table.grantTo(reader, 'Scan');
  }

  /** Decides on a whole stream and adds to it. It can change or delete no event. */
  grantAppend(writer: LambdaFunction): void {
    this.table.grantTo(writer, 'Query', 'PutItem');
  }

  /**
   * Takes personal data out of events, of what is kept of commands, and of snapshots. For what erases alone: nothing else changes an event, and
   * nothing deletes one.
   */
  grantErase(eraser: LambdaFunction): void {
    this.table.grantTo(eraser, 'Query', 'UpdateItem');
    this.#commands.grantTo(eraser, 'UpdateItem');
    this.#snapshots.grantTo(eraser, 'DeleteItem');
  }

  /** Keeps the id of each command with the events that it led to: a repeat has no second effect and the same answer. */
  grantRecordCommands(writer: LambdaFunction): void {
    this.#commands.grantTo(writer, 'GetItem', 'PutItem');
  }

  /** Loads long streams from their snapshot on. */
  grantReadSnapshots(reader: LambdaFunction): void {
    this.#snapshots.grantTo(reader, 'GetItem');
    tell(reader, { SNAPSHOT_EVERY: this.#snapshotEvery });
  }

  /** Loads long streams from their snapshot on, and takes a newer one when it is due. */
  grantKeepSnapshots(keeper: LambdaFunction): void {
    this.grantReadSnapshots(keeper);
    this.#snapshots.grantTo(keeper, 'PutItem');
  }
}
