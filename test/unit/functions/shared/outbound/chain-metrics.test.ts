import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { logger } from '../../../../../functions/shared/edge/logger.ts';
import type { CorrelationId } from '../../../../../functions/shared/kernel/ids.ts';
import { chainMetrics } from '../../../../../functions/shared/outbound/chain-metrics.ts';
import { inSpan, Span } from '../../../../../functions/shared/trace/span.ts';

const lines: Record<string, unknown>[] = [];
beforeEach(() => {
  vi.spyOn(logger, 'warn').mockReturnValue();
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    const { _aws, ...measured } = JSON.parse(String(chunk)) as Record<string, unknown>;
    expect(_aws).toMatchObject({ CloudWatchMetrics: [{ Dimensions: [['Partner']] }] });
    lines.push(measured);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  lines.length = 0;
});

const call = { partner: 'carrier', operation: 'book', durationMs: 40 };

test.each([
  ['a call', { outcome: 'succeeded', tries: 1 }, { PartnerCalls: 1, PartnerCallDuration: 40 }],
  [
    'a call that failed after retries',
    { outcome: 'failed', tries: 3 },
    { PartnerCalls: 1, PartnerCallDuration: 40, PartnerFailures: 1, PartnerRetries: 2 },
  ],
  ['a call that was not sent', { outcome: 'rejected', tries: 0 }, { PartnerRejections: 1 }],
] as const)('Of %s, one line has the metrics of its partner', (_, ended, measured) => {
  chainMetrics.ended({ ...call, ...ended });
  expect(lines).toEqual([{ Partner: 'carrier', operation: 'book', ...measured }]);
});

test('The line of a call for an order names the order and the request that led to it', () => {
  const span = new Span({ orderId: 'o-1' });
  span.isFor({ eventId: 'e-1', correlationId: 'c-1' as CorrelationId });
  inSpan(span, () => chainMetrics.ended({ ...call, outcome: 'succeeded', tries: 1 }));
  expect(lines).toEqual([expect.objectContaining({ operation: 'book', orderId: 'o-1', correlationId: 'c-1' })]);
});

test.each([
  ['open', 'CircuitOpened'],
  ['half-open', 'CircuitHalfOpened'],
  ['closed', 'CircuitClosed'],
] as const)('A circuit that comes to be %s is counted as %s', (state, name) => {
  chainMetrics.changed('carrier', state);
  expect(lines).toEqual([{ Partner: 'carrier', [name]: 1 }]);
});
