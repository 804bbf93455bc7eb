import '../../../../support/platform/function-environment.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readOrderSoFar } from '../../../../../functions/shared/saga-step/order-so-far.ts';
import { stepHandler } from '../../../../../functions/shared/saga-step/step-handler.ts';
import { forwardStepInput, stepInput } from '../../../../../functions/shared/saga-step/step-input.ts';
import { loggedLines } from '../../../../support/edge/logged-lines.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { HAPPY_PATH, ORDER_ID, streamOf } from '../../../../support/orders/streams.ts';

const ANOTHER = '0190f3a0-0000-7000-8000-000000000002';

afterEach(() => void vi.restoreAllMocks());

describe('A saga step', () => {
  const step = stepHandler(stepInput, async () => {});

  test('answers nothing', async () => {
    expect(await step({ orderId: ORDER_ID })).toBeUndefined();
  });

  test('answers an execution of an earlier release with the version that it was told', async () => {
    expect(await step({ orderId: ORDER_ID, version: 4 })).toEqual({ version: 4 });
  });

  test('refuses what is not its input and names the field, also to an execution of an earlier release', async () => {
    await expect(step({ orderId: 'x', version: 4 })).rejects.toMatchObject({
      name: 'InvalidStepInput',
      message: expect.stringMatching(/orderId/),
    });
  });

  test('that is not told how often it was tried supposes that it was', async () => {
    const told: number[] = [];
    await stepHandler(forwardStepInput, async ({ attempt }) => void told.push(attempt))({ orderId: ORDER_ID });
    expect(told).toEqual([1]);
  });

  test('leaves a line with the ids of its order and of the request that it goes back to, and the next one does not have them', async () => {
    const lines = loggedLines();
    const stream = streamOf(HAPPY_PATH);
    const log = await InMemoryOrderLog.of(stream);
    await stepHandler(
      stepInput,
      async ({ orderId }) => void (await readOrderSoFar(log, orderId)),
    )({ orderId: ORDER_ID });
    await step({ orderId: ANOTHER });
    const done = { level: 'INFO', message: 'The step is done.' };
    const { correlationId } = stream[0]!;
    expect(lines).toEqual([
      { ...done, orderId: ORDER_ID, correlationId },
      { ...done, orderId: ANOTHER },
    ]);
  });
});
