import { parseLogLine } from '../../../launch/logs/log-line.ts';
import { spansOf, type TraceSpan } from '../../../launch/trace/trace-span.ts';

export const ORDER_ID = '0190f3a0-0000-7000-8000-000000000001';
export const TRACE_ID = '0190f3a0000070008000000000000001';
const BEGIN = Date.parse('2026-11-27T04:13:17.000Z');

export const at = (ms: number): Date => new Date(BEGIN + ms);

/** A line about a piece of work that ended `ended` milliseconds after the begin, as a function writes it. */
export const lineOf = (ended: number, about: object): string =>
  JSON.stringify({
    level: 'INFO',
    message: 'Something is done.',
    timestamp: at(ended).toISOString(),
    service: 'orders',
    orderId: ORDER_ID,
    correlationId: 'request-1',
    ...about,
  });

export const spansIn = (functionName: string, line: string): TraceSpan[] => spansOf(parseLogLine(line, functionName)!);

/** An order that was placed, and whose saga has done its first step. */
export const LINES: Readonly<Record<string, readonly string[]>> = {
  'create-order': [
    lineOf(20, {
      operation: 'createOrder',
      status: 202,
      span: { id: 'a'.repeat(16), ms: 15, waited: 5, link: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' },
    }),
  ],
  'relay-order-events': [
    lineOf(40, {
      type: 'OrderCreated',
      version: 1,
      eventId: '5b3a014a-4460-557c-bd8d-117a7f7310ba',
      span: { id: 'bd8d117a7f7310ba', parent: 'a'.repeat(16), ms: 3, waited: 17 },
    }),
  ],
  'start-order-saga': [
    lineOf(50, { type: 'OrderCreated', span: { id: 'c'.repeat(16), parent: 'bd8d117a7f7310ba', ms: 4.5, waited: 2 } }),
  ],
  'authorise-payment': [
    lineOf(90, {
      level: 'WARN',
      service: 'payments',
      error: 'PaymentGatewayUnavailable',
      span: {
        id: 'd'.repeat(16),
        parent: 'bd8d117a7f7310ba',
        ms: 30,
        parts: [
          { id: 'e'.repeat(16), name: 'payment-gateway authorise', at: 2.5, ms: 20, outcome: 'failed', tries: 2 },
        ],
      },
    }),
  ],
};

export const SPANS = Object.entries(LINES).flatMap(([name, lines]) => lines.flatMap((line) => spansIn(name, line)));
