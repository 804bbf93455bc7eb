import { FORBIDDEN } from '../../../../../functions/shared/http/problems.ts';
import '../../../../support/platform/function-environment.ts';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { OutOfStock } from '../../../../../functions/inventory/domain/errors.ts';
import { IllegalOrderTransition } from '../../../../../functions/orders/domain/errors.ts';
import { PaymentDeclined } from '../../../../../functions/payments/domain/errors.ts';
import { endpoint } from '../../../../../functions/shared/edge/endpoint.ts';
import { eventConsumer } from '../../../../../functions/shared/edge/event-consumer.ts';
import { logger } from '../../../../../functions/shared/edge/logger.ts';
import { streamHandler } from '../../../../../functions/shared/edge/stream.ts';
import { Problem } from '../../../../../functions/shared/http/problem.ts';
import { ConcurrencyConflict, DependencyUnavailable } from '../../../../../functions/shared/kernel/errors.ts';
import { OrderNotFound } from '../../../../../functions/shared/saga-step/errors.ts';
import { stepHandler } from '../../../../../functions/shared/saga-step/step-handler.ts';
import { stepInput } from '../../../../../functions/shared/saga-step/step-input.ts';
import { apiEvent, bodyOf, lambdaContext, sqsEvent } from '../../../../support/api/invocations.ts';
import { TEST_ROUTE } from '../../../../support/api/routes.ts';
import { InMemoryOrderLog } from '../../../../support/fakes/in-memory-order-log.ts';
import { created, ORDER_ID, streamOf } from '../../../../support/orders/streams.ts';

type Line = [level: string, message: unknown, details: Record<string, unknown>];
let log: Line[];

beforeEach(() => {
  log = [];
  for (const level of ['info', 'warn', 'error'] as const) {
    vi.spyOn(logger, level).mockImplementation(
      (...[message, details]: readonly unknown[]) =>
        void log.push([level, message, details as Record<string, unknown>]),
    );
  }
});

const sdkError = (name: string, over: object = {}) => Object.assign(new Error('words of AWS'), { name }, over);
const cancelled = (...codes: string[]) =>
  sdkError('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

/** What is thrown, the category it is told by, the problem that a client gets, and how loud the log is. */
const FAULTS: readonly (readonly [string, unknown, string, number, string, string | undefined])[] = [
  ['OrderNotFound', new OrderNotFound('There is no such order.'), 'client', 422, 'request-refused', undefined],
  [
    'IllegalOrderTransition',
    new IllegalOrderTransition(ORDER_ID, {
      kind: 'illegal-transition',
      command: 'ConfirmOrder',
      from: 'cancelled',
      to: 'processing',
      allowedIn: ['payment_completed'],
    }),
    'client',
    422,
    'request-refused',
    undefined,
  ],
  ['PaymentDeclined', new PaymentDeclined(ORDER_ID, 'no-funds'), 'client', 422, 'request-refused', undefined],
  ['DependencyUnavailable', new DependencyUnavailable('silent'), 'transient', 503, 'temporarily-unavailable', 'warn'],
  ['DependencyUnavailable', sdkError('ThrottlingException'), 'transient', 503, 'temporarily-unavailable', 'warn'],
  [
    'DependencyUnavailable',
    sdkError('ServiceError', { $metadata: { httpStatusCode: 503 } }),
    'transient',
    503,
    'temporarily-unavailable',
    'warn',
  ],
  [
    'DependencyUnavailable',
    sdkError('Error', { code: 'ECONNREFUSED' }),
    'transient',
    503,
    'temporarily-unavailable',
    'warn',
  ],
  ['ConcurrencyConflict', new ConcurrencyConflict('busy'), 'concurrency', 409, 'conflicting-change', 'warn'],
  ['ConcurrencyConflict', cancelled('None', 'TransactionConflict'), 'concurrency', 409, 'conflicting-change', 'warn'],
  ['TransactionCanceledException', cancelled('ValidationError'), 'system', 500, 'internal-error', 'error'],
  [
    'AccessDeniedException',
    sdkError('AccessDeniedException', { $metadata: { httpStatusCode: 400 } }),
    'system',
    500,
    'internal-error',
    'error',
  ],
  ['TypeError', new TypeError('a defect'), 'system', 500, 'internal-error', 'error'],
];

const levelOf = (category: string) =>
  ({ client: 'info', transient: 'warn', concurrency: 'warn', system: 'error' })[category];
const named = (error: unknown): string => (error instanceof Error ? error.name : String(error));

describe('An API handler', () => {
  test.each(FAULTS)(
    'that meets %s (%s), which is %s, answers %i %s',
    async (name, thrown, category, status, kind, level) => {
      const answer = await endpoint(TEST_ROUTE, async () => {
        throw thrown;
      })(apiEvent({ headers: { 'X-Correlation-Id': 'corr-1' } }), lambdaContext());
      expect(answer).toMatchObject({ statusCode: status, headers: { 'X-Correlation-Id': 'corr-1' } });
      expect(bodyOf(answer).type).toBe(`urn:waybill:problem:${kind}`);
      expect(answer.headers?.['Retry-After']).toBe(['transient', 'concurrency'].includes(category) ? '1' : undefined);
      expect(log.map(([at, , details]) => [at, details.category, named(details.error)])).toEqual(
        level ? [[level, category, name]] : [],
      );
      if (status >= 500) expect(answer.body).not.toMatch(/words of AWS|a defect/);
    },
  );

  test('answers a problem of its own as it is, and logs nothing', async () => {
    const answer = await endpoint(TEST_ROUTE, async () => {
      throw new Problem(FORBIDDEN, 'Not yours.');
    })(apiEvent({}), lambdaContext());
    expect([answer.statusCode, bodyOf(answer).detail, log]).toEqual([403, 'Not yours.', []]);
  });

  test('keeps the correlation id in what it logs', async () => {
    const keys = vi.spyOn(logger, 'appendKeys');
    await endpoint(TEST_ROUTE, async () => {
      throw new TypeError('a defect');
    })(apiEvent({ headers: { 'X-Correlation-Id': 'corr-2' } }), lambdaContext());
    expect(keys).toHaveBeenCalledWith({ correlationId: 'corr-2' });
  });
});

describe('The other handlers', () => {
  const step = (thrown: unknown) =>
    stepHandler(stepInput, async () => {
      throw thrown;
    });

  test.each(FAULTS)(
    'a step throws %s on under the name that the state machine knows (%s)',
    async (name, thrown, category) => {
      await expect(step(thrown)({ orderId: ORDER_ID })).rejects.toMatchObject({ name });
      expect(log.map(([level, , details]) => [level, details.category])).toEqual([[levelOf(category), category]]);
    },
  );

  test('a step’s refusal is no alarm', async () => {
    await expect(step(new OutOfStock(ORDER_ID, []))({ orderId: ORDER_ID })).rejects.toMatchObject({
      name: 'OutOfStock',
    });
    expect(log).toEqual([
      [
        'info',
        'The step did not succeed.',
        { span: expect.anything() as unknown, category: 'client', strategy: 'abandon', error: 'OutOfStock' },
      ],
    ]);
  });

  test.each(FAULTS)('a consumer sends its message back on %s and says which (%s)', async (name, thrown, category) => {
    const stream = streamOf([created()]);
    const answer = await eventConsumer({
      log: await InMemoryOrderLog.of(stream),
      isFor: (event) => event.type === 'OrderCreated',
      handle: async () => {
        throw thrown;
      },
    })(sqsEvent(stream[0]!), lambdaContext());
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
    expect(log).toMatchObject([
      [
        levelOf(category),
        'A message goes back to its queue.',
        { messageId: 'message-0', orderId: ORDER_ID, type: 'OrderCreated', category },
      ],
    ]);
    expect(named(log[0]![2].error)).toBe(name);
  });

  test.each(FAULTS)('a stream’s function fails its batch on %s (%s)', async (name, thrown, category) => {
    await expect(
      streamHandler(async () => {
        throw thrown;
      })({ Records: [] }),
    ).rejects.toMatchObject({ name });
    expect(log.map(([level, , details]) => [level, details.category, details.records])).toEqual([
      [levelOf(category), category, 0],
    ]);
  });
});
