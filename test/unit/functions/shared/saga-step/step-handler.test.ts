import '../../../../support/platform/function-environment.ts';
import { describe, expect, test } from '@jest/globals';
import { stepHandler } from '../../../../../functions/shared/saga-step/step-handler.ts';
import { forwardStepInput, stepInput } from '../../../../../functions/shared/saga-step/step-input.ts';
import { ORDER_ID } from '../../../../support/orders/streams.ts';

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
});
