import { describe, expect, test } from 'vitest';
import type { LogLine } from '../../../../launch/logs/log-line.ts';
import { OrderLines } from '../../../../launch/logs/order-lines.ts';

const line = (about: Pick<LogLine, 'orderId' | 'correlationId'>): LogLine => ({
  at: 0,
  functionName: 'f',
  level: 'INFO',
  message: 'm',
  fields: {},
  ...about,
});

describe('A line is about an order', () => {
  test('when it names the order', () => {
    const lines = new OrderLines('o1');
    expect([lines.has(line({ orderId: 'o1' })), lines.has(line({ orderId: 'o2' })), lines.has(line({}))]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('when it names none, and has the correlation id of a line that names it', () => {
    const lines = new OrderLines('o1');
    const early = line({ correlationId: 'c1' });
    expect(lines.has(early)).toBe(false);
    lines.learn(line({ orderId: 'o2', correlationId: 'c2' }));
    lines.learn(line({ orderId: 'o1', correlationId: 'c1' }));
    expect([lines.has(early), lines.has(line({ correlationId: 'c2' }))]).toEqual([true, false]);
  });

  test('not when it names another order, though a caller gave both one correlation id', () => {
    const lines = new OrderLines('o1');
    lines.learn(line({ orderId: 'o1', correlationId: 'c1' }));
    expect(lines.has(line({ orderId: 'o2', correlationId: 'c1' }))).toBe(false);
  });
});

test('Only a text with the order or one of its correlation ids is worth reading', () => {
  const lines = new OrderLines('o1');
  lines.learn(line({ orderId: 'o1', correlationId: 'c1' }));
  expect(['{"orderId":"o1"}', '{"correlationId":"c1"}', '{"orderId":"o2"}'].map((text) => lines.mayHave(text))).toEqual(
    [true, true, false],
  );
});
