import type { SQSHandler } from 'aws-lambda';
import * as z from 'zod';
import { changedOrderConsumer } from '../shared/edge/consumer.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { DynamoDbOrderLog } from '../shared/event-log/dynamodb-order-log.ts';
import { EVENT_LOG_TABLES } from '../shared/event-log/tables.ts';
import { DynamoDbOrderViews } from './adapters/dynamodb-order-views.ts';
import { DynamoDbProjectionStates } from './adapters/dynamodb-projection-states.ts';
import { DynamoDbSearchIndex } from './adapters/dynamodb-search-index.ts';
import { DynamoDbSnapshots, snapshotEnvironment } from './adapters/dynamodb-snapshots.ts';
import { ORDER_TABLES } from './adapters/tables.ts';
import { keepSnapshot, type LoadDeps, type LoadedOrder, loadOrder } from './application/load-order.ts';
import { noteProgress, type ProgressDeps } from './application/note-progress.ts';
import { type ProjectionDeps, projectOrder } from './application/project-order.ts';
import { type OrderView, viewOf } from './domain/order-view.ts';

/**
 * Keeps the read model: an event only says that an order changed; the view is what the stream tells by then. So it does
 * not matter how often and in which order events come. What makes long orders load fast is kept here, too, where nobody
 * waits for it.
 */
export const makeHandler = ({ views, index, states, now, ...deps }: ProjectionDeps & ProgressDeps & LoadDeps) =>
  changedOrderConsumer(
    async ({ orderId, version }) => {
      const loaded = await loadOrder(deps, orderId);
      const view = viewIn(loaded);
      // Who is called for the first event expects to be the first that projects the order.
      if (view) {
        await projectOrder(
          { views, index },
          { view, isNew: version === 1, reload: async () => viewIn(await loadOrder(deps, orderId)) ?? view },
        );
      }
      await keepSnapshot(deps, loaded);
    },
    (events) =>
      noteProgress(
        { states, now },
        'order-view',
        events.map(({ occurredAt }) => occurredAt),
      ),
  );

const viewIn = ({ order }: LoadedOrder): OrderView | undefined => (order.status === 'none' ? undefined : viewOf(order));

const environment = readEnvironment(
  z.object({
    [EVENT_LOG_TABLES.orderLog.variable]: z.string(),
    [ORDER_TABLES.orderView.variable]: z.string(),
    [ORDER_TABLES.orderSearch.variable]: z.string(),
    [ORDER_TABLES.projections.variable]: z.string(),
    ...snapshotEnvironment,
  }),
);
const db = documentClient();
export const handler: SQSHandler = makeHandler({
  log: new DynamoDbOrderLog(db, environment.ORDER_LOG_TABLE),
  snapshots: new DynamoDbSnapshots(db, environment.ORDER_SNAPSHOTS_TABLE, environment.SNAPSHOT_EVERY),
  views: new DynamoDbOrderViews(db, environment.ORDER_VIEW_TABLE),
  index: new DynamoDbSearchIndex(db, environment.ORDER_SEARCH_TABLE),
  states: new DynamoDbProjectionStates(db, environment.PROJECTIONS_TABLE),
  now: Date.now,
});
