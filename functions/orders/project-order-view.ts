import type { Context, SQSBatchResponse, SQSEvent, SQSHandler } from 'aws-lambda';
import { changedOrderConsumer } from '../shared/edge/changed-order-consumer.ts';
import { type KeepListsDeps, keepLists } from './application/keep-lists.ts';
import { keepSnapshot, type LoadDeps, type LoadedOrder, loadOrder } from './application/load-order.ts';
import { noteProgress, type ProgressDeps } from './application/note-progress.ts';
import { figuresOf } from './application/order-figures.ts';
import type { OrderFigures } from './application/ports.ts';
import { type ProjectionDeps, projectOrder } from './application/project-order.ts';
import { projecting } from './composition.ts';
import { type OrderView, viewOf } from './domain/order-view.ts';

/**
 * Keeps the read model: an event only says that an order changed; the view shows its stream as it is by then. So it
 * does not matter how often and in which order events come. Lists are kept and counted for a batch at a time. Snapshots are taken here, too, off the hot path; and so are the figures of
 * orders, because every event comes here, gathered, with the stream that it is part of.
 */
export const makeHandler =
  (deps: ProjectingDeps) =>
  async (batch: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    consumerOfBatch(deps)(batch, context);

type ProjectingDeps = ProjectionDeps &
  KeepListsDeps &
  ProgressDeps &
  LoadDeps & { readonly showFigures: (figures: OrderFigures) => void };

/** For one batch. */
function consumerOfBatch({ views, index, listed, states, monitor, showFigures, now, ...deps }: ProjectingDeps) {
  const projected = new Map<string, OrderView>();
  return changedOrderConsumer(
    async (orderId, { version }) => {
      const recent = await loadOrder(deps, orderId, { consistency: 'eventual' });
      const loaded = recent.version < version ? await loadOrder(deps, orderId) : recent;
      const view = viewIn(loaded);
      // A projection of the first event expects that the order has no view yet.
      if (view) {
        await projectOrder(
          { views, index },
          { view, isNew: version === 1, reload: async () => viewIn(await loadOrder(deps, orderId)) ?? view },
        );
        projected.set(orderId, view);
      }
      await keepSnapshot(deps, loaded);
      return loaded.tail;
    },
    async (handled) => {
      await keepLists({ listed, index }, [...projected.values()]);
      await noteProgress(
        { states, monitor, now },
        'order-view',
        handled.map(({ event }) => event.occurredAt),
      );
      // Last, because what is counted is counted: a batch that comes again from here on would count twice.
      showFigures(figuresOf(handled));
    },
  );
}

const viewIn = ({ order }: LoadedOrder): OrderView | undefined => (order.status === 'none' ? undefined : viewOf(order));

export const handler: SQSHandler = makeHandler(projecting());
