/** Requests that are drawn from the API document, and damaged. */
import type {
  ApiDocument,
  JsonSchema,
  Operation,
  Parameter,
  Reference,
} from '../../../functions/api-docs/http/document/document-types.ts';
import fc from '../run/properties.ts';
import { arbitraryOf, damaged, junk } from './arbitraries.ts';
import type { RawRequest } from './raw-request.ts';
import { validatorsOf } from './schemas.ts';

/** Names of things that are there. */
export type Known = Readonly<Record<'orderId' | 'customerId' | 'returnId', string>>;

export interface FuzzedRequest extends RawRequest {
  /** Whether the document alone tells that the request must be refused. */
  readonly refusable: boolean;
}

interface Draft {
  readonly parts: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
}

type Damage = 'body' | 'json' | 'type' | 'size' | 'query' | 'path' | 'header' | 'route' | 'nothing';

/** Characters that can be in a header (RFC 9110, obs-text included). */
const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 300,
});
const WEIRD_SEGMENTS = [
  '%00',
  '..',
  '%2e%2e',
  '%2F',
  '%',
  '%ZZ',
  '%F0%9F%98%80',
  'null',
  '*',
  '~',
  ';x=1',
  '%3Cscript%3E',
  'x'.repeat(2_000),
  '00000000-0000-0000-0000-000000000000',
];

/** Headers that have an effect on what is done, as clients send them. */
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

  /** Requests for one operation: most of them damaged in one place, some as documented. */
  requestsFor(
    route: string,
    method: string,
    operation: Operation,
    known: Known,
    caller: Readonly<Record<string, string>>,
  ): fc.Arbitrary<FuzzedRequest> {
    const schema = bodySchemaOf(operation);
    const parameters = operation.parameters.map((each) => this.#resolved(each));
    const kinds: Damage[] = [
      'path',
      'header',
      'route',
      'nothing',
      'query',
      ...(schema ? (['body', 'body', 'body', 'json', 'type', 'size'] as const) : []),
    ];
    const toRequest = (draft: Draft): RawRequest => {
      const filled = route.replaceAll(/\{(\w+)\}/g, (_, name: string) => draft.parts[name] ?? '');
      const query = draft.query.map(([name, value]) => `${name}=${value}`).join('&');
      return {
        method: method.toUpperCase(),
        path: query ? `${filled}?${query}` : filled,
        headers: {
          ...(draft.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...caller,
          ...draft.headers,
        },
        ...(draft.body === undefined ? {} : { body: draft.body }),
      };
    };
    return fc
      .tuple(this.#draft(parameters, schema, known), fc.constantFrom(...kinds))
      .chain(([draft, kind]): fc.Arbitrary<FuzzedRequest> => {
        switch (kind) {
          case 'body':
            return damaged(JSON.parse(draft.body!)).map((value) => {
              // Nothing at all is no JSON.
              const body = JSON.stringify(value) ?? 'undefined';
              return {
                ...toRequest({ ...draft, body }),
                refusable: body === 'undefined' || !this.#validators(schema!)(JSON.parse(body)),
              };
            });
          case 'json':
            return fc
              .oneof(
                fc.nat(draft.body!.length - 1).map((end) => draft.body!.slice(0, end) || '{'),
                fc.constantFrom('{', '\u0000', '[', '{"a":1}}', 'NaN', '\ufeff{}', '<xml/>', '{"__proto__":{"a":1}}'),
              )
              .map((body) => ({ ...toRequest({ ...draft, body }), refusable: true }));
          case 'type':
            return fc
              .constantFrom(
                'text/plain',
                'application/x-www-form-urlencoded',
                'multipart/form-data; boundary=x',
                'application/jsonp',
                '',
                'application',
                'json',
                'application/xml',
              )
              .map((type) => ({
                ...toRequest({ ...draft, headers: { ...draft.headers, 'content-type': type } }),
                refusable: true,
              }));
          case 'size':
            return fc.constantFrom(70_000, 300_000).map((size) => ({
              ...toRequest({ ...draft, body: `${draft.body!.slice(0, -1)},"padding":"${'x'.repeat(size)}"}` }),
              refusable: true,
            }));
          case 'query':
            return this.#damagedQuery(parameters, draft).map((query) => ({
              ...toRequest({ ...draft, query }),
              refusable: !this.#isQuery(parameters, query),
            }));
          case 'path':
            return fc
              .tuple(
                fc.constantFrom(...Object.keys(draft.parts), 'none'),
                fc.oneof(
                  fc.constantFrom(...WEIRD_SEGMENTS),
                  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map(encodeWellFormed),
                ),
              )
              .map(([name, segment]) => ({
                ...toRequest({ ...draft, parts: { ...draft.parts, ...(name === 'none' ? {} : { [name]: segment }) } }),
                refusable: false,
              }));
          case 'header':
            return fc
              .tuple(
                fc.constantFrom(
                  'idempotency-key',
                  'if-match',
                  'if-none-match',
                  'x-correlation-id',
                  'authorization',
                  'accept',
                  'content-encoding',
                  'cookie',
                  'x-forwarded-for',
                  'range',
                ),
                headerText,
              )
              .map(([name, value]) => ({
                ...toRequest({ ...draft, headers: { ...draft.headers, [name]: value } }),
                refusable: false,
              }));
          case 'route':
            return fc.constantFrom('/', '//', '/extra', '/%2e%2e', '/..', '/null').map((suffix) => {
              const request = toRequest({ ...draft, query: [] });
              return { ...request, path: request.path + suffix, refusable: false };
            });
          case 'nothing':
            return fc.constant({ ...toRequest(draft), refusable: false });
        }
      });
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

  #damagedQuery(parameters: readonly Parameter[], { query }: Draft): fc.Arbitrary<[string, string][]> {
    const names = parameters.filter((each) => each.in === 'query').map(({ name }) => name);
    return fc
      .tuple(
        fc.constantFrom(...names, 'unknown', '__proto__', 'limit%00', ''),
        junk.map((value) => encodeWellFormed(String(JSON.stringify(value) ?? '').slice(0, 3_000))),
      )
      .map(([name, value]) => [
        ...query.filter(([other]) => other !== name).map(([other, given]): [string, string] => [other, given]),
        [name, value],
      ]);
  }

  /** Only operations that take a query look at one. */
  #isQuery(parameters: readonly Parameter[], query: readonly (readonly [string, string])[]): boolean {
    const fields = new Map(parameters.filter((each) => each.in === 'query').map(({ name, schema }) => [name, schema]));
    return (
      fields.size === 0 ||
      query.every(([name, value]) => {
        const field = fields.get(decodeURIComponent(name));
        return field !== undefined && this.#validators(field)(decodeURIComponent(value));
      })
    );
  }

  #resolved(entry: Parameter | Reference): Parameter {
    return '$ref' in entry ? this.#document.components.parameters[entry.$ref.split('/').at(-1)!]! : entry;
  }
}

const bodySchemaOf = ({ requestBody }: Operation): JsonSchema | undefined =>
  Object.values(requestBody?.content ?? {})[0]?.schema;

/** Lone surrogates have no UTF-8. */
const encodeWellFormed = (text: string): string => encodeURIComponent(text.toWellFormed());
