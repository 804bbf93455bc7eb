import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { projectionMonitor } from '../../../../functions/orders/adapters/projection-monitor.ts';
import type {
  OrderFigures,
  ProjectedOrders,
  ProjectionStates,
  SearchIndex,
} from '../../../../functions/orders/application/ports.ts';
import type { OrderView } from '../../../../functions/orders/domain/order-view.ts';
import { makeHandler as makeProjector } from '../../../../functions/orders/project-order-view.ts';
import type { RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { type OrderId, parseOrderId } from '../../../../functions/shared/kernel/ids.ts';
import { lambdaContext, sqsEvent } from '../../../support/api/invocations.ts';
import { InMemoryListedOrders } from '../../../support/fakes/in-memory-listed-orders.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryReadModel } from '../../../support/fakes/in-memory-read-model.ts';
import { InMemorySnapshots } from '../../../support/fakes/in-memory-snapshots.ts';
import { laggingLog } from '../../../support/fakes/lagging-log.ts';
import { created, EVENTS, HAPPY_PATH, newEvent, ORDER_ID, START, streamOf } from '../../../support/orders/streams.ts';

const OTHER_ID = parseOrderId('0190f3a0-0000-7000-8000-000000000002');

describe('Projecting the view', () => {
  let log: InMemoryOrderLog;
  let snapshots: InMemorySnapshots;
  let saved: OrderView[];
  let broken: OrderId | undefined;
  let looked: string[] = [];
  const views: ProjectedOrders = {
    current: async (orderId) => {
      looked.push(orderId);
      return undefined;
    },
    replace: async (view) => {
      if (view.orderId === broken) throw new Error('no table');
      saved.push(view);
      return true;
    },
  };
  let noted: unknown[] = [];
  let shown: OrderFigures[] = [];
  const showFigures = (figures: OrderFigures) => void shown.push(figures);
  let states: Pick<ProjectionStates, 'noteProgress'>;
  let listed = new InMemoryListedOrders();
  const index: SearchIndex = {
    add: async () => {},
    remove: async () => {},
    find: async () => ({ entries: [], more: false }),
  };
  const project = (...events: readonly RecordedOrderEvent[]) =>
    makeProjector({
      log,
      snapshots,
      views,
      index,
      listed,
      states,
      monitor: projectionMonitor,
      showFigures,
      now: () => START + 60_000,
    })(sqsEvent(...events), lambdaContext());

  beforeEach(async () => {
    saved = [];
    looked = [];
    noted = [];
    shown = [];
    states = { noteProgress: async (...args) => void noted.push(args) };
    broken = undefined;
    listed = new InMemoryListedOrders();
    log = new InMemoryOrderLog();
    snapshots = new InMemorySnapshots();
    for (const id of [ORDER_ID, OTHER_ID]) {
      await log.append(
        id,
        0,
        HAPPY_PATH.map((event, index) => newEvent(event, index, id)),
      );
    }
  });

  test('shows the whole stream, whichever of its events came in the message', async () => {
    expect(await project(streamOf(HAPPY_PATH)[2]!)).toEqual({ batchItemFailures: [] });
    expect(saved).toMatchObject([{ orderId: ORDER_ID, status: 'processing', version: 6 }]);
  });

  test('folds each order of a batch once', async () => {
    await project(...streamOf(HAPPY_PATH), ...streamOf(HAPPY_PATH, OTHER_ID));
    expect(saved.map(({ orderId }) => orderId).sort()).toEqual([ORDER_ID, OTHER_ID].sort());
  });

  test('has each order on its lists and counts it once, however often its events come', async () => {
    for (const _ of [1, 2]) await project(...streamOf(HAPPY_PATH), ...streamOf(HAPPY_PATH, OTHER_ID));
    expect(Object.fromEntries(listed.counts)).toEqual({
      'all=orders': 2,
      'needs=packing': 2,
      'status=processing': 2,
      'paymentMethod=card': 2,
      'paymentStatus=captured': 2,
      'shipmentStatus=arranged': 2,
    });
  });

  test('reads the views of only those orders whose first event is not in the batch', async () => {
    const [, ...laterEvents] = streamOf(HAPPY_PATH, OTHER_ID);
    await project(...streamOf(HAPPY_PATH), ...laterEvents);
    expect(looked).toEqual([OTHER_ID]);
  });

  test('shows each event of a batch, also those that an eventual read does not see yet', async () => {
    const deps = { snapshots, views, index, listed, states, monitor: projectionMonitor, showFigures, now: () => START };
    const [first, ...others] = streamOf(HAPPY_PATH);
    await makeProjector({ ...deps, log: laggingLog(log, 2) })(sqsEvent(first!, ...others), lambdaContext());
    expect([saved[0], saved.at(-1)]).toMatchObject([{ version: 4 }, { status: 'processing', version: 6 }]);
  });

  test('reads the log again when another consumer was quicker, and projects the newer events', async () => {
    log = new InMemoryOrderLog();
    await log.append(ORDER_ID, 0, [newEvent(created())]);
    const model = new InMemoryReadModel();
    const ports = model.ports();
    let taken = false;
    const quicker: ProjectedOrders = {
      ...ports.views,
      replace: async (view, replaced) => {
        if (!taken) {
          taken = true;
          await log.append(
            ORDER_ID,
            1,
            HAPPY_PATH.slice(1).map((event, at) => newEvent(event, 1 + at)),
          );
          model.view = { ...view, version: 2 };
        }
        return ports.views.replace(view, replaced);
      },
    };
    const handler = makeProjector({
      log,
      snapshots,
      views: quicker,
      index: ports.index,
      listed,
      states,
      monitor: projectionMonitor,
      showFigures,
      now: () => START,
    });
    expect(await handler(sqsEvent(streamOf(HAPPY_PATH)[0]!), lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(model.view).toMatchObject({ status: 'processing', version: 6 });
  });

  test('returns every message of the order that failed, and none of the others', async () => {
    broken = ORDER_ID;
    const [mine] = streamOf(HAPPY_PATH);
    const [others] = streamOf(HAPPY_PATH, OTHER_ID);
    expect(await project(mine!, others!, mine!)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-2' }],
    });
    expect(saved.map(({ orderId }) => orderId)).toEqual([OTHER_ID]);
  });

  test('saves no snapshot of a usual order, and one of a long order', async () => {
    await project(streamOf(HAPPY_PATH)[5]!);
    expect(await snapshots.find(ORDER_ID)).toBeUndefined();
    await log.append(
      ORDER_ID,
      6,
      Array.from({ length: 14 }, (_, index) => newEvent(EVENTS.released, 6 + index)),
    );
    await project(streamOf(HAPPY_PATH)[5]!);
    expect(await snapshots.find(ORDER_ID)).toMatchObject({ status: 'processing', version: 20 });
  });

  test('records its progress and its lag by the newest and the oldest event of the batch', async () => {
    const [first, second, third] = streamOf(HAPPY_PATH);
    await project(third!, first!, second!);
    expect(noted).toEqual([
      [
        'order-view',
        {
          lastEventAt: new Date(START + 2_000).toISOString(),
          projectedAt: new Date(START + 60_000).toISOString(),
          lagMs: 60_000,
        },
      ],
    ]);
  });

  test('shows the figures of the events that came, once each is projected', async () => {
    await project(...streamOf(HAPPY_PATH));
    expect(shown).toMatchObject([{ placed: 1, confirmed: 1, inTime: 1, tookMs: [5_000] }]);
    broken = OTHER_ID;
    await project(...streamOf(HAPPY_PATH, OTHER_ID));
    expect(shown).toHaveLength(1);
  });

  test('records no progress for orders that it could not project', async () => {
    broken = ORDER_ID;
    await project(streamOf(HAPPY_PATH)[0]!);
    expect(noted).toEqual([]);
    await project(streamOf(HAPPY_PATH)[0]!, streamOf(HAPPY_PATH, OTHER_ID)[1]!);
    expect(noted).toMatchObject([['order-view', { lagMs: 59_000 }]]);
  });

  test('succeeds also when its progress cannot be recorded', async () => {
    states = {
      noteProgress: async () => {
        throw new Error('no table');
      },
    };
    expect(await project(streamOf(HAPPY_PATH)[0]!)).toEqual({ batchItemFailures: [] });
    expect(saved).toHaveLength(1);
  });
});
