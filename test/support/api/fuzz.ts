/** Requests that are generated from the API document: some as documented, most of them damaged. */
import type {
  ApiDocument,
  JsonSchema,
  Operation,
  Parameter,
  Reference,
} from '../../../functions/api-docs/http/document/document-types.ts';
import fc from '../run/properties.ts';
import { arbitraryOf } from './arbitraries.ts';
import { type Draft, damagedDraft, encodeWellFormed } from './damages.ts';
import type { RawRequest } from './raw-request.ts';
import { validatorsOf } from './schemas.ts';

/** Ids of things that exist. */
export type Known = Readonly<Record<'orderId' | 'customerId' | 'returnId' | 'partner' | 'instanceId', string>>;

export interface FuzzedRequest extends RawRequest {
  /** Whether the document alone tells that the request must be refused. */
  readonly refusable: boolean;
}

/** Headers that change what a request does, with values as clients send them. */
const USUAL_HEADERS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'Idempotency-Key': fc.uuid(),
  'If-Match': fc.integer({ min: 1, max: 12 }).map((version) => `"${version}"`),
};

export class ApiFuzz {
  readonly #document: ApiDocument;
  readonly #validators: ReturnType<typeof validatorsOf>;

  constructor(document: ApiDocument) {
    this.#document = document;
    this.#validators = validatorsOf(document);
  }

  /**
   * Requests for one operation: most of them damaged in one place, some as documented.
   * @param caller the headers of the caller
   */
  requestsFor(
    route: string,
    method: string,
    operation: Operation,
    known: Known,
    caller: Readonly<Record<string, string>>,
  ): fc.Arbitrary<FuzzedRequest> {
    const schema = bodySchemaOf(operation);
    const parameters = operation.parameters.map((each) => this.#resolved(each));
    return this.#draft(parameters, schema, known)
      .chain((draft) => damagedDraft(draft, { parameters, schema, validators: this.#validators }))
      .map(({ draft, refusable }) => ({ ...requestOf(route, method, draft, caller), refusable }));
  }

  #draft(parameters: readonly Parameter[], schema: JsonSchema | undefined, known: Known): fc.Arbitrary<Draft> {
    const { schemas } = this.#document.components;
    const inPlace = (place: Parameter['in']) => parameters.filter((each) => each.in === place);
    const parts = Object.fromEntries(
      inPlace('path').map(({ name }) => [name, fc.constant(known[name as keyof Known])]),
    );
    const query = inPlace('query').map(({ name, required = false, schema: field }) =>
      fc
        .option(arbitraryOf(field, schemas), { freq: required ? 1_000 : 1, nil: undefined })
        .map((value) =>
          value === undefined ? [] : [[name, encodeWellFormed(String(value as string | number))] as const],
        ),
    );
    return fc.record({
      parts: fc.record(parts),
      query: fc.tuple(...query).map((pairs) => pairs.flat()),
      headers: fc
        .record(
          Object.fromEntries(
            inPlace('header').flatMap(({ name }) =>
              USUAL_HEADERS[name] ? [[name.toLowerCase(), USUAL_HEADERS[name]]] : [],
            ),
          ),
          { requiredKeys: [] },
        )
        .map((headers) => headers as Record<string, string>),
      ...(schema ? { body: arbitraryOf(schema, schemas).map((value) => JSON.stringify(value)) } : {}),
    });
  }

  #resolved(entry: Parameter | Reference): Parameter {
    return '$ref' in entry ? this.#document.components.parameters[entry.$ref.split('/').at(-1)!]! : entry;
  }
}

function requestOf(
  route: string,
  method: string,
  { parts, query, headers, body, suffix = '' }: Draft,
  caller: Readonly<Record<string, string>>,
): RawRequest {
  const filled = route.replaceAll(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');
  const search = query.map(([name, value]) => `${name}=${value}`).join('&');
  return {
    method: method.toUpperCase(),
    path: `${filled}${search ? `?${search}` : ''}${suffix}`,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...caller, ...headers },
    ...(body === undefined ? {} : { body }),
  };
}

const bodySchemaOf = ({ requestBody }: Operation): JsonSchema | undefined =>
  Object.values(requestBody?.content ?? {})[0]?.schema;
