/** Spans as OpenTelemetry's protocol has them in JSON (OTLP/HTTP, `POST /v1/traces`). */
import { derivedId, type SpanKind, type TraceSpan } from './trace-span.ts';

interface KeyValue {
  readonly key: string;
  /** 64-bit integers are text in the JSON of protocol buffers. */
  readonly value: { readonly stringValue: string } | { readonly intValue: string } | { readonly doubleValue: number };
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly flags: number;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string; readonly flags: number }[];
  readonly status: { readonly code?: number };
}

/** The body of a request to `/v1/traces`. */
export interface ExportTraceServiceRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly spans: readonly OtlpSpan[];
    }[];
  }[];
}

/** Where the spans come from. */
export interface Origin {
  /** Of the platform. */
  readonly version: string;
  /** The stage, such as `prod`. */
  readonly environment: string;
}

const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const ERROR = 2;
const SAMPLED = 1;
/** What work waits for before it begins. */
const WAITS: Readonly<Partial<Record<SpanKind, string>>> = {
  consumer: 'wait in the queue',
  producer: 'wait in the outbox',
  server: 'wait at the API',
};

export function otlpOf(spans: readonly TraceSpan[], { version, environment }: Origin): ExportTraceServiceRequest {
  const services = [...Map.groupBy(spans.flatMap(withWait), ({ service }) => service)];
  return {
    resourceSpans: services.map(([service, ofService]) => ({
      resource: {
        attributes: attributesOf({
          'service.name': service,
          'service.namespace': 'waybill',
          'service.version': version,
          'deployment.environment.name': environment,
        }),
      },
      scopeSpans: [{ scope: { name: 'waybill', version }, spans: ofService.map(otlpSpanOf) }],
    })),
  };
}

/** What the work waited for is a span of its own, before it and under the same parent. */
const withWait = (span: TraceSpan): TraceSpan[] =>
  span.waitedMs === undefined || span.waitedMs <= 0
    ? [span]
    : [
        {
          ...span,
          id: derivedId(span.id, 'wait'),
          name: WAITS[span.kind] ?? 'wait',
          kind: 'internal',
          startMs: span.startMs - span.waitedMs,
          endMs: span.startMs,
          failed: false,
        },
        span,
      ];

const otlpSpanOf = (span: TraceSpan): OtlpSpan => ({
  traceId: span.traceId,
  spanId: span.id,
  ...(span.parent === undefined ? {} : { parentSpanId: span.parent }),
  flags: SAMPLED,
  name: span.name,
  kind: KINDS[span.kind],
  startTimeUnixNano: inNanoseconds(span.startMs),
  endTimeUnixNano: inNanoseconds(span.endMs),
  attributes: attributesOf(span.attributes),
  ...(span.link ? { links: [{ ...linkOf(span.link), flags: span.link.sampled ? SAMPLED : 0 }] } : {}),
  status: span.failed ? { code: ERROR } : {},
});

const linkOf = ({ traceId, spanId }: NonNullable<TraceSpan['link']>) => ({ traceId, spanId });

/** More digits than a number holds. */
const inNanoseconds = (ms: number): string => String(BigInt(Math.round(ms * 1_000)) * 1_000n);

const attributesOf = (attributes: Readonly<Record<string, string | number>>): KeyValue[] =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: valueOf(value) }));

function valueOf(value: string | number): KeyValue['value'] {
  if (typeof value === 'string') return { stringValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
