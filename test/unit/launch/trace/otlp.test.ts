import { describe, expect, test } from 'vitest';
import { parseLogLine } from '../../../../launch/logs/log-line.ts';
import { collectorIn, sendSpans } from '../../../../launch/trace/collector.ts';
import { otlpOf } from '../../../../launch/trace/otlp.ts';
import { requestedTrace } from '../../../../launch/trace/requested-trace.ts';
import { SpanExport } from '../../../../launch/trace/span-export.ts';
import { faultsIn, OtlpCollector } from '../../../support/trace/collector.ts';
import { LINES, ORDER_ID, SPANS, TRACE_ID } from '../../../support/trace/lines.ts';

const ORIGIN = { version: '0.2.0', environment: 'local' };

describe('Spans in OpenTelemetry’s protocol', () => {
  const request = otlpOf(SPANS, ORIGIN);
  const spans = request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));

  test('are as its schema says, and the schema notices what is not', () => {
    expect(faultsIn(JSON.parse(JSON.stringify(request)))).toEqual([]);
    const wrong = JSON.parse(JSON.stringify(request)) as { resourceSpans: { scopeSpans: { spans: object[] }[] }[] };
    Object.assign(wrong.resourceSpans[0]!.scopeSpans[0]!.spans[0]!, {
      startTimeUnixNano: 1,
      kind: 'SERVER',
      trace: 'x',
    });
    expect(faultsIn(wrong)).toHaveLength(3);
  });

  test('say which service of which version they are from', () => {
    expect(
      request.resourceSpans.map(({ resource }) =>
        resource.attributes.map(({ value }) => ('stringValue' in value ? value.stringValue : value)),
      ),
    ).toEqual([
      ['orders', 'waybill', '0.2.0', 'local'],
      ['payments', 'waybill', '0.2.0', 'local'],
    ]);
  });

  test('have what the work waited for as spans beside it, and the client’s trace as a link', () => {
    expect(spans.map(({ name }) => name)).toEqual([
      'wait at the API',
      'createOrder',
      'wait in the outbox',
      'publish OrderCreated',
      'wait in the queue',
      'start-order-saga OrderCreated',
      'authorise-payment',
      'payment-gateway authorise',
    ]);
    const [wait, created] = spans;
    expect([wait!.startTimeUnixNano, wait!.endTimeUnixNano, created!.startTimeUnixNano]).toEqual([
      '1795752797000000000',
      '1795752797005000000',
      '1795752797005000000',
    ]);
    expect(created!.links).toEqual([
      { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', flags: 1 },
    ]);
    expect(spans.at(-1)).toMatchObject({ kind: 3, parentSpanId: 'd'.repeat(16), status: { code: 2 } });
  });
});

describe('A collector', () => {
  test('is where OpenTelemetry’s variables say', () => {
    expect(collectorIn({})).toBeUndefined();
    expect(
      collectorIn({
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/',
        OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20x,tenant=1',
      }),
    ).toEqual({ url: 'http://127.0.0.1:4318/v1/traces', headers: { authorization: 'Bearer x', tenant: '1' } });
    const ofTraces = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://all',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces/here',
    };
    expect(collectorIn(ofTraces)!.url).toBe('http://traces/here');
  });

  test.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '127.0.0.1:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is "127.0.0.1:4318"'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'expected http/json'],
  ])('is refused when it cannot be: %o', (environment, fault) => {
    expect(() => collectorIn(environment)).toThrow(fault);
  });

  test('gets the spans of a running instance once their trace is quiet, each once', async () => {
    const collector = await OtlpCollector.start();
    const files = [...Object.entries(LINES)];
    let now = 0;
    const exported = new SpanExport({
      logs: {
        // A file after the other, as they grow.
        async *added() {
          const [name, lines] = files.shift() ?? ['', []];
          for (const line of lines) yield parseLogLine(line, name)!;
        },
      },
      sfn: undefined as never,
      send: (spans) => sendSpans(collectorIn({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })!, otlpOf(spans, ORIGIN)),
      warn: (message) => expect.unreachable(message),
      now: () => now,
    });
    for (; now < 6_000; now += 1_000) await exported.look();
    expect(collector.spans).toEqual([]);
    await exported.look();
    expect(collector.faults).toEqual([]);
    expect(collector.spans).toHaveLength(8);
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE_ID]));
    await exported.close();
    expect(collector.spans).toHaveLength(8);
  });

  test('that is away is told of once', async () => {
    const warnings: string[] = [];
    const lines = [LINES['create-order']!, LINES['relay-order-events']!];
    const exported = new SpanExport({
      logs: {
        async *added() {
          for (const line of lines.shift() ?? []) yield parseLogLine(line, 'a-function')!;
        },
      },
      sfn: undefined as never,
      send: async () => {
        throw new Error('Nobody is there.');
      },
      warn: (message) => void warnings.push(message),
    });
    await exported.look(0);
    await exported.look(0);
    expect(warnings).toEqual(['Spans are lost: Nobody is there.']);
  });
});

describe('npm run trace', () => {
  test('takes the id of an order, or of its trace', () => {
    const asked = { orderId: ORDER_ID, otlp: false };
    expect(requestedTrace(['--order', ORDER_ID])).toEqual(asked);
    expect(requestedTrace(['--order', TRACE_ID.toUpperCase()])).toEqual(asked);
    expect(requestedTrace(['--order', ORDER_ID, '--otlp'])).toEqual({ ...asked, otlp: true });
    expect(requestedTrace(['-h'])).toBe('help');
  });

  test.each([
    [[], '--order is missing'],
    [['--order', 'x'], 'expected the id of an order'],
    [['--older'], 'Usage'],
  ])('says what is wrong with %o', (args, fault) => {
    expect(() => requestedTrace(args)).toThrow(fault);
  });
});
