/**
 * The schema of a request to `/v1/traces`, as opentelemetry-proto 1.x (`collector/trace/v1/trace_service.proto`) and the rules of OTLP for its JSON say: names in lowerCamelCase,
 * ids in hexadecimal digits, 64-bit integers as text, enumerations as numbers. Nothing else is allowed, though a receiver would ignore it.
 */
const text = { type: 'string' };
const count = { type: 'integer', minimum: 0, maximum: 2 ** 32 - 1 };
const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const list = (items: object) => ({ type: 'array', items });
/** Not all of the digits are 0. */
const id = (digits: number) => ({ type: 'string', pattern: `^(?!0{${digits}})[0-9a-f]{${digits}}$` });
const nanoseconds = { type: 'string', pattern: '^[1-9][0-9]{18}$' };
const int64 = { type: 'string', pattern: '^-?[0-9]{1,19}$' };

const value = {
  ...object({ stringValue: text, boolValue: { type: 'boolean' }, intValue: int64, doubleValue: { type: 'number' } }),
  minProperties: 1,
  maxProperties: 1,
};
const attributes = list(object({ key: { type: 'string', minLength: 1 }, value }, ['key', 'value']));
const scope = object({ name: text, version: text, attributes, droppedAttributesCount: count });
const link = object({ traceId: id(32), spanId: id(16), traceState: text, attributes, flags: count }, [
  'traceId',
  'spanId',
]);
const event = object({ timeUnixNano: nanoseconds, name: text, attributes });
const status = object({ message: text, code: { enum: [0, 1, 2] } });
const span = object(
  {
    traceId: id(32),
    spanId: id(16),
    traceState: text,
    parentSpanId: id(16),
    flags: count,
    name: { type: 'string', minLength: 1 },
    kind: { enum: [0, 1, 2, 3, 4, 5] },
    startTimeUnixNano: nanoseconds,
    endTimeUnixNano: nanoseconds,
    attributes,
    droppedAttributesCount: count,
    events: list(event),
    droppedEventsCount: count,
    links: list(link),
    droppedLinksCount: count,
    status,
  },
  ['traceId', 'spanId', 'name', 'startTimeUnixNano', 'endTimeUnixNano'],
);

export const EXPORT_TRACE_SERVICE_REQUEST = object(
  {
    resourceSpans: list(
      object({
        resource: object({ attributes, droppedAttributesCount: count }),
        scopeSpans: list(object({ scope, spans: list(span), schemaUrl: text })),
        schemaUrl: text,
      }),
    ),
  },
  ['resourceSpans'],
);
