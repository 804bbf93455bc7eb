/** Spans as the lines of functions' logs say them. */
import { createHash } from 'node:crypto';
import type { SpanFields } from '../../functions/shared/trace/span.ts';
import { parseTraceparent, type TraceContext, traceIdOf } from '../../functions/shared/trace/trace-context.ts';
import type { LogLine } from '../logs/log-line.ts';

/** As OpenTelemetry tells kinds of spans apart. */
export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export interface TraceSpan {
  readonly traceId: string;
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  readonly kind: SpanKind;
  /** The bounded context. */
  readonly service: string;
  /** The function or the state machine that did the work. */
  readonly by: string;
  /** Milliseconds since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
  /** For how long the work waited before it began, in a queue, in the outbox or at the API. */
  readonly waitedMs?: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string | number>>;
  /** The client's own trace. */
  readonly link?: TraceContext;
}

/** What a line says beside its span, under the names of OpenTelemetry's conventions where there is one. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  status: 'http.response.status_code',
  type: 'waybill.event.type',
  version: 'waybill.event.version',
  eventId: 'messaging.message.id',
  error: 'error.type',
};

/** The spans in a line of a function's log: the piece of work, and its parts. None in most other lines. */
export function spansOf({
  at,
  functionName,
  level,
  service = 'waybill',
  orderId,
  correlationId,
  fields,
}: LogLine): TraceSpan[] {
  const { span, ...about } = fields;
  if (!isSpan(span)) return [];
  const { id, parent, ms, waited, parts = [] } = span;
  const startMs = at - ms;
  const common = {
    traceId: orderId === undefined ? (span.trace ?? '') : traceIdOf(orderId),
    service,
    by: functionName,
  };
  const attributes = {
    'faas.name': functionName,
    ...(orderId === undefined ? {} : { 'waybill.order.id': orderId }),
    ...(correlationId === undefined ? {} : { 'waybill.correlation.id': correlationId }),
    ...Object.fromEntries(
      Object.entries(ATTRIBUTES).flatMap(([field, name]) => (isPlain(about[field]) ? [[name, about[field]]] : [])),
    ),
  };
  const link = parseTraceparent(span.link);
  const whole: TraceSpan = {
    ...common,
    ...named(functionName, about),
    id,
    ...(parent === undefined ? {} : { parent }),
    startMs,
    endMs: at,
    failed: level !== 'INFO' || Number(about['status'] ?? 0) >= 500,
    attributes,
    ...(waited === undefined ? {} : { waitedMs: waited }),
    ...(link ? { link } : {}),
  };
  return [whole, ...parts.map((part) => partOf(whole, part))];
}

const partOf = (whole: TraceSpan, part: NonNullable<SpanFields['parts']>[number]): TraceSpan => ({
  traceId: whole.traceId,
  service: whole.service,
  by: whole.by,
  id: part.id,
  parent: whole.id,
  name: part.outcome === undefined ? `record ${part.name}` : part.name,
  kind: part.outcome === undefined ? 'internal' : 'client',
  startMs: whole.startMs + part.at,
  endMs: whole.startMs + part.at + part.ms,
  failed: part.outcome !== undefined && part.outcome !== 'succeeded',
  attributes: {
    ...(part.outcome === undefined ? {} : { 'waybill.outcome': part.outcome }),
    ...(part.tries === undefined ? {} : { 'waybill.tries': part.tries }),
  },
});

function named(functionName: string, about: Readonly<Record<string, unknown>>): Pick<TraceSpan, 'name' | 'kind'> {
  const { operation, type, eventId, types } = about;
  if (typeof operation === 'string') return { name: operation, kind: 'server' };
  if (typeof eventId === 'string') return { name: `publish ${String(type)}`, kind: 'producer' };
  if (typeof type === 'string') return { name: `${functionName} ${type}`, kind: 'consumer' };
  if (Array.isArray(types)) return { name: `${functionName} ${types.join(', ')}`, kind: 'internal' };
  return { name: functionName, kind: 'internal' };
}

/** The id of a span that nothing but these words tells apart. */
export const derivedId = (...words: readonly (string | number)[]): string =>
  createHash('sha256').update(words.join(' ')).digest('hex').slice(0, 16);

const isPlain = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

const isSpan = (value: unknown): value is SpanFields => {
  const { id, ms } = (value ?? {}) as Partial<SpanFields>;
  return typeof id === 'string' && typeof ms === 'number';
};
