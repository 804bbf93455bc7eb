import '../../../support/platform/function-environment.ts';
import { ExecutionAlreadyExists, type SFNClient, type StartExecutionCommand } from '@aws-sdk/client-sfn';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { projectionMonitor } from '../../../../functions/orders/adapters/projection-monitor.ts';
import { StepFunctionsSaga } from '../../../../functions/orders/adapters/step-functions-saga.ts';
import type { ProjectedOrders, ProjectionStates, SearchIndex } from '../../../../functions/orders/application/ports.ts';
import type { OrderView } from '../../../../functions/orders/domain/order-view.ts';
import { makeHandler as makeProjector } from '../../../../functions/orders/project-order-view.ts';
import { makeHandler as makeItemsChangeStarter } from '../../../../functions/orders/start-items-change.ts';
import { makeHandler as makeStarter } from '../../../../functions/orders/start-order-saga.ts';
import type { RecordedOrderEvent } from '../../../../functions/published/order-events.ts';
import { type OrderId, parseOrderId } from '../../../../functions/shared/kernel/ids.ts';
import { lambdaContext, sqsEvent } from '../../../support/api/invocations.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryReadModel } from '../../../support/fakes/in-memory-read-model.ts';
import { InMemorySnapshots } from '../../../support/fakes/in-memory-snapshots.ts';
import {
  CHANGE_ID,
  changeRequested,
  created,
  EVENTS,
  HAPPY_PATH,
  newEvent,
  ORDER_ID,
  START,
  streamOf,
} from '../../../support/orders/streams.ts';

const OTHER_ID = parseOrderId('0190f3a0-0000-7000-8000-000000000002');
const ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:order-saga:live';

describe('Starting the saga', () => {
  const started = (error?: Error) => {
    const inputs: StartExecutionCommand['input'][] = [];
    const send = async ({ input }: StartExecutionCommand) => {
      inputs.push(input);
      if (error) throw error;
      return {};
    };
    return { inputs, handler: makeStarter({ saga: new StepFunctionsSaga(ARN, { send } as unknown as SFNClient) }) };
  };

  test('gives the execution the name of the order, and ids only', async () => {
    const { inputs, handler } = started();
    expect(await handler(sqsEvent(streamOf([created()])[0]!), lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(inputs).toEqual([{ stateMachineArn: ARN, name: ORDER_ID, input: JSON.stringify({ orderId: ORDER_ID }) }]);
  });

  test('counts as done when the saga was started before, with this input or with that of an older release', async () => {
    const { handler } = started(new ExecutionAlreadyExists({ message: 'exists', $metadata: {} }));
    expect(await handler(sqsEvent(streamOf([created()])[0]!), lambdaContext())).toEqual({ batchItemFailures: [] });
  });

  test('sends the message back when Step Functions does not answer', async () => {
    const { handler } = started(Object.assign(new Error('busy'), { name: 'ThrottlingException' }));
    expect(await handler(sqsEvent(streamOf([created()])[0]!), lambdaContext())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
  });

  test('sends back only the messages that are no events of an order', async () => {
    const { inputs, handler } = started();
    const [event] = streamOf([created()]);
    const batch = sqsEvent(
      'not JSON',
      event!,
      JSON.stringify({ 'detail-type': 'OrderCreated', detail: { ...event, orderId: 'x' } }),
    );
    expect(await handler(batch, lambdaContext())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-2' }],
    });
    expect(inputs).toHaveLength(1);
  });
});

describe('Starting the saga of a change of items', () => {
  const request = { ...changeRequested(), orderId: ORDER_ID, version: 3 };

  test('names the execution after order and change, and tells it ids only', async () => {
    const inputs: StartExecutionCommand['input'][] = [];
    const send = async ({ input }: StartExecutionCommand) => void inputs.push(input);
    const handler = makeItemsChangeStarter({ saga: new StepFunctionsSaga(ARN, { send } as unknown as SFNClient) });
    expect(await handler(sqsEvent(request), lambdaContext())).toEqual({ batchItemFailures: [] });
    const name = `${ORDER_ID}_${CHANGE_ID}`;
    expect(inputs).toEqual([
      { stateMachineArn: ARN, name, input: JSON.stringify({ orderId: ORDER_ID, changeId: CHANGE_ID }) },
    ]);
    expect(name.length).toBeLessThanOrEqual(80);
  });

  test('sends a message back that names no change', async () => {
    const handler = makeItemsChangeStarter({ saga: { start: async () => {} } });
    const nameless = { ...request, data: { ...request.data, changeId: 'x' } };
    expect(await handler(sqsEvent(nameless), lambdaContext())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }],
    });
  });
});

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
  let states: Pick<ProjectionStates, 'noteProgress'>;
  const index: SearchIndex = {
    add: async () => {},
    remove: async () => {},
    find: async () => ({ entries: [], more: false }),
  };
  const project = (...events: readonly RecordedOrderEvent[]) =>
    makeProjector({ log, snapshots, views, index, states, monitor: projectionMonitor, now: () => START + 60_000 })(
      sqsEvent(...events),
      lambdaContext(),
    );

  beforeEach(async () => {
    saved = [];
    looked = [];
    noted = [];
    states = { noteProgress: async (...args) => void noted.push(args) };
    broken = undefined;
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

  test('shows the whole stream, whichever of its events came', async () => {
    expect(await project(streamOf(HAPPY_PATH)[2]!)).toEqual({ batchItemFailures: [] });
    expect(saved).toMatchObject([{ orderId: ORDER_ID, status: 'processing', version: 6 }]);
  });

  test('folds each order of a batch once', async () => {
    await project(...streamOf(HAPPY_PATH), ...streamOf(HAPPY_PATH, OTHER_ID));
    expect(saved.map(({ orderId }) => orderId).sort()).toEqual([ORDER_ID, OTHER_ID].sort());
  });

  test('looks for the views of those orders only whose first event the batch does not begin with', async () => {
    const [, ...laterEvents] = streamOf(HAPPY_PATH, OTHER_ID);
    await project(...streamOf(HAPPY_PATH), ...laterEvents);
    expect(looked).toEqual([OTHER_ID]);
  });

  test('reads the log again when somebody was quicker, and takes on what it tells by then', async () => {
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
      states,
      monitor: projectionMonitor,
      now: () => START,
    });
    expect(await handler(sqsEvent(streamOf(HAPPY_PATH)[0]!), lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(model.view).toMatchObject({ status: 'processing', version: 6 });
  });

  test('sends back every message of the order that failed, and none of the others', async () => {
    broken = ORDER_ID;
    const [mine] = streamOf(HAPPY_PATH);
    const [others] = streamOf(HAPPY_PATH, OTHER_ID);
    expect(await project(mine!, others!, mine!)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-2' }],
    });
    expect(saved.map(({ orderId }) => orderId)).toEqual([OTHER_ID]);
  });

  test('takes no snapshot of a usual order, and one of an order that has become long', async () => {
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

  test('notes how far it is and how far behind: by the newest and the oldest event of the batch', async () => {
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

  test('notes nothing of what it could not project', async () => {
    broken = ORDER_ID;
    await project(streamOf(HAPPY_PATH)[0]!);
    expect(noted).toEqual([]);
    await project(streamOf(HAPPY_PATH)[0]!, streamOf(HAPPY_PATH, OTHER_ID)[1]!);
    expect(noted).toMatchObject([['order-view', { lagMs: 59_000 }]]);
  });

  test('is done also when that cannot be noted', async () => {
    states = {
      noteProgress: async () => {
        throw new Error('no table');
      },
    };
    expect(await project(streamOf(HAPPY_PATH)[0]!)).toEqual({ batchItemFailures: [] });
    expect(saved).toHaveLength(1);
  });
});
