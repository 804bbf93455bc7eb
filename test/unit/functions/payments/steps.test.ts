import '../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { CaptureDeps } from '../../../../functions/payments/application/capture.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';
import { dyingBeforeAppend } from '../../../support/fakes/failing-log.ts';
import { InMemoryOrderLog } from '../../../support/fakes/in-memory-order-log.ts';
import { InMemoryPaymentGateway } from '../../../support/fakes/in-memory-payment-gateway.ts';
import { created, EVENTS, newEvent, ORDER_ID, START } from '../../../support/orders/streams.ts';
import { defaultSettings } from '../../../support/recovery/default-settings.ts';

// Functions read their environment when they load.
const steps = {
  authorise: (await import('../../../../functions/payments/authorise-payment.ts')).makeHandler,
  capture: (await import('../../../../functions/payments/capture-payment.ts')).makeHandler,
  undo: (await import('../../../../functions/payments/void-payment.ts')).makeHandler,
};

let gateway: InMemoryPaymentGateway;
let log: InMemoryOrderLog;
let deps: CaptureDeps;

const orderWith = async (token: string) => {
  const event = created();
  await log.append(ORDER_ID, 0, [
    newEvent({ ...event, data: { ...event.data, paymentMethod: { type: 'card', token } } }),
    newEvent(EVENTS.reserved, 1),
  ]);
};

beforeEach(() => {
  gateway = new InMemoryPaymentGateway();
  log = new InMemoryOrderLog();
  deps = { gateways: { card: gateway }, log, now: () => START, settings: defaultSettings };
});

/** Resolves to the version at which the order's stream ends then. */
const run = async (step: keyof typeof steps, withDeps = deps) => {
  await steps[step](withDeps)({ orderId: ORDER_ID });
  return (await log.read(ORDER_ID)).length;
};
const recorded = async () => (await log.read(ORDER_ID, 3)).map(({ type }) => type);
const moved = () => gateway.movements(ORDER_ID);

describe('Authorising a payment', () => {
  beforeEach(() => orderWith('tok_ok'));

  test("holds the order's total and records it after what the order has come to", async () => {
    expect(await run('authorise')).toBe(3);
    expect((await log.read(ORDER_ID, 3))[0]).toMatchObject({
      type: 'PaymentAuthorised',
      data: { amount: created().data.total, paymentId: expect.any(String) },
      actor: { type: 'system', id: 'AuthorisePayment' },
    });
    expect(moved()).toEqual(['authorisation']);
  });

  test('again after a crash between gateway and log makes one authorisation and one event', async () => {
    await expect(run('authorise', { ...deps, log: dyingBeforeAppend(log) })).rejects.toThrow('killed');
    expect(await recorded()).toEqual([]);
    expect(await run('authorise')).toBe(3);
    expect(await run('authorise')).toBe(3);
    expect(moved()).toEqual(['authorisation']);
    expect(await recorded()).toEqual(['PaymentAuthorised']);
  });

  test('whose outcome is unknown records nothing, and settles when it is repeated', async () => {
    gateway.fates.plan('outcome unknown');
    await expect(run('authorise')).rejects.toMatchObject({ name: 'PaymentOutcomeUnknown', retryable: true });
    expect(await recorded()).toEqual([]);
    await run('authorise');
    expect(moved()).toEqual(['authorisation']);
    expect(await recorded()).toEqual(['PaymentAuthorised']);
  });

  test('that the gateway did not do says that it may be repeated', async () => {
    gateway.fates.plan('not carried out');
    await expect(run('authorise')).rejects.toMatchObject({ name: 'PaymentGatewayUnavailable', retryable: true });
    expect(moved()).toEqual([]);
  });

  test('that arrives after its void is refused, and holds nothing', async () => {
    expect(await run('undo')).toBe(2);
    await expect(run('authorise')).rejects.toMatchObject({ name: 'PaymentVoided', retryable: false });
    expect(moved()).toEqual([]);
    expect(await recorded()).toEqual([]);
  });

  test('repeated after the refund is refused', async () => {
    await run('authorise');
    await run('capture');
    await run('undo');
    await expect(run('authorise')).rejects.toMatchObject({ name: 'PaymentVoided' });
    expect(moved()).toEqual(['authorisation', 'capture', 'refund']);
  });
});

describe('A declined card', () => {
  beforeEach(() => orderWith('tok_declined'));

  test('is recorded and refused, and repeating it records nothing more', async () => {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(run('authorise')).rejects.toMatchObject({ name: 'PaymentDeclined', retryable: false });
    }
    expect(await recorded()).toEqual(['PaymentDeclined']);
    expect(moved()).toEqual(['decline']);
  });

  test('leaves nothing to undo', async () => {
    await expect(run('authorise')).rejects.toThrow();
    expect(await run('undo')).toBe(3);
    expect(await recorded()).toEqual(['PaymentDeclined']);
  });
});

describe('Capturing a payment', () => {
  beforeEach(() => orderWith('tok_ok'));

  test('takes the total once, whatever is repeated', async () => {
    await run('authorise');
    await expect(run('capture', { ...deps, log: dyingBeforeAppend(log) })).rejects.toThrow('killed');
    expect(await run('capture')).toBe(4);
    expect(await run('capture')).toBe(4);
    expect(moved()).toEqual(['authorisation', 'capture']);
    expect(await recorded()).toEqual(['PaymentAuthorised', 'PaymentCaptured']);
  });

  test('that arrives after the void takes nothing', async () => {
    await run('authorise');
    await run('undo');
    await expect(run('capture')).rejects.toMatchObject({ name: 'PaymentVoided', retryable: false });
    expect(moved()).toEqual(['authorisation', 'void']);
  });

  test('of what was never authorised is refused for good', async () => {
    await expect(run('capture')).rejects.toMatchObject({ name: 'PaymentNotAuthorised', retryable: false });
  });
});

describe('Undoing a payment', () => {
  beforeEach(() => orderWith('tok_ok'));

  test('voids a hold once, also after a crash between gateway and log', async () => {
    await run('authorise');
    await expect(run('undo', { ...deps, log: dyingBeforeAppend(log) })).rejects.toThrow('killed');
    expect(await run('undo')).toBe(4);
    expect(moved()).toEqual(['authorisation', 'void']);
    expect(await recorded()).toEqual(['PaymentAuthorised', 'PaymentVoided']);
  });

  test('refunds a capture in full', async () => {
    await run('authorise');
    await run('capture');
    await run('undo');
    expect(moved()).toEqual(['authorisation', 'capture', 'refund']);
    expect((await log.read(ORDER_ID, 5))[0]).toMatchObject({
      type: 'PaymentRefunded',
      data: { amount: created().data.total },
    });
  });

  test('voids an authorisation whose answer never came, although no event tells of it', async () => {
    gateway.fates.plan('outcome unknown');
    await expect(run('authorise')).rejects.toThrow();
    await run('undo');
    expect(moved()).toEqual(['authorisation', 'void']);
    expect(await recorded()).toEqual(['PaymentVoided']);
  });

  test('refunds when the capture wins the race against the void', async () => {
    await run('authorise');
    const voidAtGateway = gateway.void.bind(gateway);
    vi.spyOn(gateway, 'void').mockImplementation(async (orderId) => {
      await gateway.capture(orderId, created().data.total);
      return voidAtGateway(orderId);
    });
    await run('undo');
    expect(moved()).toEqual(['authorisation', 'capture', 'refund']);
    expect(await recorded()).toEqual(['PaymentAuthorised', 'PaymentCaptured', 'PaymentRefunded']);
  });

  test('refunds the rest when a requested refund comes between the question and the answer', async () => {
    await run('authorise');
    await run('capture');
    const total = created().data.total;
    const asked = { refundId: 'asked-for', amount: money(1_000, 'CNY'), lines: [] };
    await log.append(ORDER_ID, 4, [newEvent({ type: 'RefundRequested', data: asked }, 4)]);
    const refundAtGateway = gateway.refund.bind(gateway);
    vi.spyOn(gateway, 'refund').mockImplementationOnce(async (orderId, refundId, amount) => {
      await refundAtGateway(orderId, 'asked-for', money(1_000, 'CNY'));
      return refundAtGateway(orderId, refundId, amount);
    });
    await run('undo');
    expect(await gateway.find(ORDER_ID)).toMatchObject({
      status: 'refunded',
      refunds: [{ refundId: 'asked-for' }, { refundId: 'saga-compensation' }],
    });
    expect((await log.read(ORDER_ID, 6))[0]).toMatchObject({
      type: 'PaymentRefunded',
      data: { amount: { amount: total.amount - 1_000 } },
    });
  });

  test('gives up on a gateway whose payment never becomes undone, and may be repeated', async () => {
    await run('authorise');
    vi.spyOn(gateway, 'void').mockImplementation((orderId) => gateway.find(orderId));
    await expect(run('undo')).rejects.toMatchObject({ name: 'PaymentOutcomeUnknown', retryable: true });
    expect(await recorded()).toEqual(['PaymentAuthorised']);
  });
});

describe('Every payment step', () => {
  test.each(['authorise', 'capture', 'undo'] as const)(
    'refuses an order that does not exist, without calling the gateway: %s',
    async (step) => {
      await expect(run(step)).rejects.toMatchObject({ name: 'OrderNotFound' });
      expect(await gateway.find(ORDER_ID)).toEqual({ status: 'none' });
    },
  );

  test.each(['authorise', 'capture', 'undo'] as const)('refuses what is not its input: %s', async (step) => {
    await expect(steps[step](deps)({ orderId: 'not-a-uuid' })).rejects.toMatchObject({
      name: 'InvalidStepInput',
    });
  });
});
