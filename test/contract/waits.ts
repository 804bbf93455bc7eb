import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Wait, Waits } from '../../functions/recovery/application/ports.ts';
import { parseOrderId } from '../../functions/shared/kernel/ids.ts';
import { START } from '../support/orders/streams.ts';

type Waiting = Wait & { readonly taskToken: string };

/** A wait of an order of its own, for the payment gateway unless the test says otherwise. */
export const someWait = (differences: Partial<Waiting> = {}): Waiting => ({
  orderId: parseOrderId(randomUUID()),
  step: 'AuthorisePayment',
  partner: 'payment-gateway',
  kind: 'forward',
  error: 'CircuitOpen',
  since: START,
  readyAt: START,
  heldBy: 'circuit',
  returns: 0,
  deadline: START + 1_800_000,
  taskToken: randomUUID(),
  ...differences,
});

/** What a list of waiting orders shows of a wait. */
const shown = ({ orderId, step, changeId, since, readyAt, heldBy, deadline }: Wait) => ({
  ...{ orderId, step, since, readyAt, heldBy },
  ...(changeId === undefined ? {} : { changeId }),
  ...(deadline === undefined ? {} : { deadline }),
});

/** @param make answers waits of which no order waits yet */
export const waitsContract = (name: string, make: () => Promise<Waits>) =>
  describe(`Waits: ${name}`, () => {
    test('knows of an order what was put, each step apart', async () => {
      const waits = await make();
      const { orderId } = someWait();
      const changeId = randomUUID();
      const three = [
        someWait({ orderId, nothingSent: true }),
        someWait({ orderId, step: 'AdjustAuthorisation', changeId }),
        someWait({ orderId, step: 'AdjustAuthorisation', changeId: randomUUID() }),
      ];
      for (const wait of [...three, someWait()]) await waits.put(wait);
      const found = await waits.find(orderId);
      expect(found).toHaveLength(3);
      expect(found).toEqual(expect.arrayContaining(three));
      expect(await waits.find(someWait().orderId)).toEqual([]);
    });

    test('lists who waits for a partner: the first to be ready first, and the first to end first', async () => {
      const waits = await make();
      const [late, soon, endless] = [
        someWait({ readyAt: START + 2_000, deadline: START + 5_000 }),
        someWait({ readyAt: START + 1_000, deadline: START + 9_000 }),
        (({ deadline: _, ...wait }: Waiting) => wait)(someWait({ step: 'VoidPayment', kind: 'compensation' })),
      ] as const;
      for (const wait of [late, soon, endless, someWait({ partner: 'carrier' })]) await waits.put(wait);
      expect(await waits.ready('payment-gateway', 10)).toEqual([endless, soon, late].map(shown));
      expect(await waits.ready('payment-gateway', 2)).toEqual([endless, soon].map(shown));
      expect(await waits.ending('payment-gateway', 10)).toEqual([late, soon].map(shown));
      expect(await waits.ending('payment-gateway', 1)).toEqual([late].map(shown));
      expect(await waits.count('payment-gateway')).toBe(3);
      expect(await waits.count('platform')).toBe(0);
    });

    test('takes an order that goes on off the lists, and remembers its wait without the token', async () => {
      const waits = await make();
      const wait = someWait();
      await waits.put(wait);
      await waits.release(wait, START);
      const { taskToken: _, ...remembered } = wait;
      expect(await waits.find(wait.orderId)).toEqual([remembered]);
      expect(await waits.ready('payment-gateway', 10)).toEqual([]);
      expect(await waits.ending('payment-gateway', 10)).toEqual([]);
    });

    test('keeps a step that waits anew, whatever a late release of its last wait says', async () => {
      const waits = await make();
      const wait = someWait();
      const anew = { ...wait, taskToken: randomUUID(), partner: 'platform' as const };
      await waits.put(wait);
      await waits.release(wait, START);
      await waits.put(anew);
      await waits.release(wait, START);
      await waits.removeDeadline(wait);
      expect(await waits.find(wait.orderId)).toEqual([anew]);
      expect(await waits.ready('platform', 10)).toEqual([shown(anew)]);
      expect(await waits.ready('payment-gateway', 10)).toEqual([]);
    });

    test('takes the end from a wait that a person has the task of', async () => {
      const waits = await make();
      const wait = someWait();
      await waits.put(wait);
      await waits.removeDeadline(wait);
      const { deadline: _, ...endless } = wait;
      expect(await waits.find(wait.orderId)).toEqual([endless]);
      expect(await waits.ending('payment-gateway', 10)).toEqual([]);
      expect(await waits.ready('payment-gateway', 10)).toEqual([shown(endless)]);
    });
  });
