import { byCard } from '../../../../support/orders/by-card.ts';
import '../../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeHandler as makeAdjust } from '../../../../../functions/payments/adjust-authorisation.ts';
import type { CaptureDeps } from '../../../../../functions/payments/application/capture.ts';
import { makeHandler as makeRestore } from '../../../../../functions/payments/restore-authorisation.ts';
import type { NewOrderEvent } from '../../../../../functions/published/order-events.ts';
import { money } from '../../../../../functions/shared/kernel/money.ts';
import { dyingBeforeAppend } from '../../../../support/fakes/failing-log.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../../support/fakes/in-memory-payment-gateway.ts';
import {
  CHANGE_ID,
  changeRequested,
  created,
  EVENTS,
  line,
  newEvent,
  ORDER_ID,
  priced,
  START,
} from '../../../../support/orders/streams.ts';
import { defaultSettings } from '../../../../support/recovery/default-settings.ts';

const before = created().data.total;
const after = changeRequested().data.total;
const step = { orderId: ORDER_ID, changeId: CHANGE_ID };
const refused = newEvent({ type: 'ItemsChangeRefused', data: { changeId: CHANGE_ID, reason: 'out_of_stock' } }, 11);

let gateway: InMemoryPaymentGateway;
let log: InMemoryOrderLog;
let deps: CaptureDeps;

beforeEach(() => {
  gateway = new InMemoryPaymentGateway();
  log = new InMemoryOrderLog();
  deps = { gateways: { card: gateway }, log, now: () => START, settings: defaultSettings };
});

const placed = (...events: readonly NewOrderEvent[]) => log.append(ORDER_ID, 0, [newEvent(created()), ...events]);
/** An order whose payment is authorised, and what has become of it since. */
const given = (...events: readonly NewOrderEvent[]) => placed(newEvent(EVENTS.authorised), ...events);
const end = async () => (await log.read(ORDER_ID)).length;
/** Both resolve to the version at which the order's stream ends then. */
const adjust = async (withDeps = deps) => {
  await makeAdjust(withDeps)(step);
  return end();
};
const restore = async () => {
  await makeRestore(deps)(step);
  return end();
};
const held = async () => ((await gateway.find(ORDER_ID)) as { amount?: unknown }).amount;
const last = async () => (await log.read(ORDER_ID)).at(-1);

describe('Adjusting the authorisation to a change of items', () => {
  test('raises what is held to the new total, and records it as the change has caused it', async () => {
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changeRequested());
    expect(await adjust()).toBe(4);
    expect(await held()).toEqual(after);
    expect(await last()).toMatchObject({
      type: 'PaymentAuthorised',
      data: { amount: after },
      actor: { type: 'system', id: 'AdjustAuthorisation' },
      correlationId: 'corr-change',
      causationId: changeRequested().eventId,
    });
  });

  test('again, also after a crash between gateway and log, raises and records once', async () => {
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changeRequested());
    await expect(adjust({ ...deps, log: dyingBeforeAppend(log) })).rejects.toThrow('killed');
    expect(await held()).toEqual(after);
    await adjust();
    await adjust();
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'adjustment']);
  });

  test('asks the gateway for nothing when enough is held, and records what the log does not know', async () => {
    await gateway.authorise(ORDER_ID, after, byCard('tok_ok'));
    await given(changeRequested());
    expect(await adjust()).toBe(4);
    expect(await adjust()).toBe(4);
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation']);
    expect(await last()).toMatchObject({ type: 'PaymentAuthorised', data: { amount: after } });
  });

  test.each([
    ['the gateway holds nothing', async () => {}, []],
    ['the payment was voided', async () => void (await gateway.void(ORDER_ID)), []],
  ])('does nothing when %s', async (_, prepare, movements) => {
    await prepare();
    await given(changeRequested());
    expect(await adjust()).toBe(3);
    expect(gateway.movements(ORDER_ID)).toEqual(movements);
    expect(await last()).toMatchObject({ type: 'ItemsChangeRequested' });
  });

  test('does nothing for a change that was answered, although more was asked for', async () => {
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changeRequested(), refused);
    expect(await adjust()).toBe(4);
    expect(await held()).toEqual(before);
  });

  test('is refused when the card is not good for it, holds what it held and records nothing', async () => {
    await gateway.authorise(ORDER_ID, before, byCard(`tok_limit_${after.amount - 1}`));
    await given(changeRequested());
    await expect(adjust()).rejects.toMatchObject({ name: 'PaymentDeclined', retryable: false });
    expect(await held()).toEqual(before);
    expect(await last()).toMatchObject({ type: 'ItemsChangeRequested' });
  });

  test.each([
    [
      'is to be cancelled',
      newEvent({ type: 'CancellationRequested', data: { reason: 'customer_request', from: 'created' } }),
    ],
    ['has its shipment arranged', newEvent(EVENTS.arranged)],
  ])('is not possible any more when the order %s, and raises nothing', async (_, event) => {
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changeRequested(), event);
    await expect(adjust()).rejects.toMatchObject({ name: 'ItemsChangeNotPossible', retryable: false });
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation']);
  });

  test('whose outcome is unknown may be repeated', async () => {
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changeRequested());
    gateway.fates.plan('outcome unknown');
    await expect(adjust()).rejects.toMatchObject({ name: 'PaymentOutcomeUnknown', retryable: true });
    expect(await adjust()).toBe(4);
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'adjustment']);
    expect(await last()).toMatchObject({ type: 'PaymentAuthorised' });
  });
});

describe('Restoring the authorisation after a change was refused', () => {
  test('resolves the task that a person has for it, once', async () => {
    const about = {
      taskId: 'task-1',
      kind: 'compensation',
      step: 'RestoreAuthorisation',
      changeId: CHANGE_ID,
    } as const;
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changeRequested(), refused, newEvent({ type: 'TaskOpened', data: { ...about, dueAt: '' } }, 12));
    const done = await restore();
    expect((await last())?.data).toEqual({ ...about, resolution: 'completed' });
    expect(await restore()).toBe(done);
  });

  test("lowers what is held to the order's total, once, and records it", async () => {
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changeRequested());
    await adjust();
    await log.append(ORDER_ID, 4, [refused]);
    expect(await restore()).toBe(6);
    expect(await restore()).toBe(6);
    expect(await held()).toEqual(before);
    expect(await last()).toMatchObject({
      type: 'PaymentAuthorised',
      data: { amount: before },
      actor: { id: 'RestoreAuthorisation' },
    });
  });

  test('leaves the hold alone when the change was made after all', async () => {
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changeRequested());
    await adjust();
    await log.append(ORDER_ID, 3, [newEvent({ type: 'ItemsChanged', data: changeRequested().data })]);
    expect(await restore()).toBe(4);
    expect(await held()).toEqual(after);
  });

  test('leaves the hold to another change that is under way', async () => {
    await gateway.authorise(ORDER_ID, after, byCard('tok_ok'));
    await given(
      changeRequested(),
      refused,
      changeRequested([line('MUG-BLUE', 2)], '0190f3a0-0000-7000-8000-0000000000c2'),
    );
    await restore();
    expect(await held()).toEqual(after);
  });

  test.each([
    ['nothing was held', async () => {}],
    [
      'the money was taken',
      async () => {
        await gateway.authorise(ORDER_ID, after, byCard('tok_ok'));
        await gateway.capture(ORDER_ID, before);
      },
    ],
  ])('does nothing when %s', async (_, prepare) => {
    await prepare();
    const movements = [...gateway.movements(ORDER_ID)];
    await placed(changeRequested(), refused);
    expect(await restore()).toBe(3);
    expect(gateway.movements(ORDER_ID)).toEqual(movements);
  });
});

describe('Too little that is held', () => {
  const steps = async () => ({
    authorise: (await import('../../../../../functions/payments/authorise-payment.ts')).makeHandler(deps),
    capture: (await import('../../../../../functions/payments/capture-payment.ts')).makeHandler(deps),
  });
  const changed = newEvent(
    { type: 'ItemsChanged', data: { changeId: CHANGE_ID, ...priced([line('MUG-BLUE', 2)]) } },
    12,
  );

  test('is raised by the authorisation for the order as it has become', async () => {
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changed);
    await (await steps()).authorise(step);
    expect(await held()).toEqual(after);
    expect(await last()).toMatchObject({ type: 'PaymentAuthorised', data: { amount: after } });
  });

  test('and cannot be raised is given back by the authorisation: declined means that nothing is held', async () => {
    await gateway.authorise(ORDER_ID, before, byCard(`tok_limit_${before.amount}`));
    await given(changed);
    await expect((await steps()).authorise(step)).rejects.toMatchObject({ name: 'PaymentDeclined' });
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'decline', 'void']);
    expect(await last()).toMatchObject({ type: 'PaymentDeclined' });
  });

  test('is raised before it is taken', async () => {
    await gateway.authorise(ORDER_ID, before, byCard('tok_ok'));
    await given(changed);
    await (await steps()).capture(step);
    expect(await gateway.find(ORDER_ID)).toMatchObject({ status: 'captured', amount: after });
    expect(gateway.movements(ORDER_ID)).toEqual(['authorisation', 'adjustment', 'capture']);
  });

  test('and cannot be raised is not taken', async () => {
    await gateway.authorise(ORDER_ID, before, byCard(`tok_limit_${before.amount}`));
    await given(changed);
    await expect((await steps()).capture(step)).rejects.toMatchObject({ name: 'PaymentDeclined' });
    expect(await gateway.find(ORDER_ID)).toMatchObject({ status: 'authorised', amount: money(before.amount, 'CNY') });
  });
});
