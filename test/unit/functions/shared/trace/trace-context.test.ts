import { describe, expect, test } from 'vitest';
import {
  newSpanId,
  newTraceId,
  parseTraceparent,
  recordingSpanIdOf,
  spanIdOf,
  traceIdOf,
  traceparentOf,
} from '../../../../../functions/shared/trace/trace-context.ts';
import { HAPPY_PATH, streamOf } from '../../../../support/orders/streams.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('The header traceparent', () => {
  test.each([
    [`00-${TRACE}-${SPAN}-01`, true],
    [`00-${TRACE}-${SPAN}-00`, false],
    [`00-${TRACE}-${SPAN}-03`, true],
    // A later version, which may say more.
    [`cc-${TRACE}-${SPAN}-01-what-the-future-brings`, true],
  ])('says which span of which trace a request is part of: %s', (header, sampled) => {
    expect(parseTraceparent(header)).toEqual({ traceId: TRACE, spanId: SPAN, sampled });
  });

  test.each([
    undefined,
    '',
    'x',
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}0-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-1`,
  ])('is ignored when it is %o', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  test('is read as it is written', () => {
    const context = { traceId: newTraceId(), spanId: newSpanId(), sampled: true };
    expect(parseTraceparent(traceparentOf(context))).toEqual(context);
  });
});

describe('The trace of an order', () => {
  const [created, reserved] = streamOf(HAPPY_PATH);

  test('has the id of the order', () => {
    expect(traceIdOf('236B382E-c96e-520c-a75b-9e0b6fcb10e9')).toBe('236b382ec96e520ca75b9e0b6fcb10e9');
  });

  test('has a span for each event, and one for what recorded it, which whoever has the event can name', () => {
    const ids = [created!, reserved!].flatMap((event) => [spanIdOf(event.eventId), recordingSpanIdOf(event)]);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^(?!0{16})[0-9a-f]{16}$/);
  });

  test('has one span for events that are recorded together, and another for the same step when it is done again', () => {
    expect(recordingSpanIdOf({ ...created!, ...{ eventId: 'another' } })).toBe(recordingSpanIdOf(created!));
    expect(recordingSpanIdOf({ ...created!, occurredAt: '2026-11-27T04:13:17.205Z' })).not.toBe(
      recordingSpanIdOf(created!),
    );
  });
});
