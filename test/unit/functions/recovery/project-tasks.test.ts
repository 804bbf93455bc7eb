import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import type { ParkingEvent } from '../../../../functions/recovery/domain/parking-event.ts';
import { makeHandler } from '../../../../functions/recovery/project-tasks.ts';
import { lambdaContext, sqsEvent } from '../../../support/api/invocations.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryTasks } from '../../../support/fakes/in-memory-tasks.ts';
import { created, EVENTS, streamOf } from '../../../support/orders/streams.ts';
import { openedTask, resumed } from '../../../support/recovery/task-streams.ts';

const stream = streamOf([
  created(),
  { type: 'CompensationParked', data: { step: 'ReleaseInventory', error: 'InventoryUnavailable' } },
  EVENTS.cancelled,
  openedTask,
  resumed,
]);
const at = (version: number): RecordedOrderEvent => stream[version - 1]!;
const [parkedOnce, opened, resumedEvent] = [at(2), at(4), at(5)];
let parked: ParkingEvent[];
let isQueueAway: boolean;

const deliver = async (...events: readonly RecordedOrderEvent[]) =>
  makeHandler({
    log: await InMemoryOrderLog.of(stream),
    tasks: new InMemoryTasks(),
    dueSeconds: async () => 60,
    parked: {
      put: async (event) => {
        if (isQueueAway) throw new Error('SQS is away.');
        parked.push(event);
      },
    },
  })(sqsEvent(...events), lambdaContext());

beforeEach(() => {
  parked = [];
  isQueueAway = false;
});

describe('Operators', () => {
  test('are called when a task is opened, and when 0.2.0 parked a compensation', async () => {
    expect(await deliver(opened, parkedOnce)).toEqual({ batchItemFailures: [] });
    expect(parked.map(({ type, version }) => [type, version]).sort()).toEqual([
      ['CompensationParked', 2],
      ['TaskOpened', 4],
    ]);
  });

  test('are not called for what else happens to a task', async () => {
    await deliver(resumedEvent);
    expect(parked).toEqual([]);
  });

  test('are called with what the log says, whatever the message says', async () => {
    await deliver({ ...opened, data: { ...opened.data, step: 'CancelShipment' } } as RecordedOrderEvent);
    expect(parked).toEqual([opened]);
  });

  test('are called by no message that the log does not bear out', async () => {
    await deliver({ ...opened, eventId: at(1).eventId }, { ...resumedEvent, type: 'TaskOpened' } as never);
    expect(parked).toEqual([]);
  });

  test('are called when their queue is back: the whole batch comes again', async () => {
    isQueueAway = true;
    await expect(deliver(opened)).rejects.toThrow('SQS is away.');
    isQueueAway = false;
    await deliver(opened);
    expect(parked).toEqual([opened]);
  });
});
