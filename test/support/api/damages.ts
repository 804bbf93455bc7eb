/** Ways to damage a request, each in one place. */
import type { JsonSchema, Parameter } from '../../../functions/api-docs/http/document/document-types.ts';
import fc from '../run/properties.ts';
import { damaged, junk } from './arbitraries.ts';
import type { validatorsOf } from './schemas.ts';

/** A request as documented, before it becomes text. */
export interface Draft {
  /** Path parameters by name. */
  readonly parts: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
  /** Follows the path. */
  readonly suffix?: string;
}

/** The parts of an operation that damages look at. */
export interface Operated {
  readonly parameters: readonly Parameter[];
  /** Of the body; undefined for an operation without one. */
  readonly schema: JsonSchema | undefined;
  readonly validators: ReturnType<typeof validatorsOf>;
}

export interface Damaged {
  readonly draft: Draft;
  /** Whether the document alone tells that the request must be refused. */
  readonly refusable: boolean;
}

type Damage = (draft: Draft, operation: Operated) => fc.Arbitrary<Damaged>;

/** Characters that can be in a header (RFC 9110, obs-text included). */
const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 300,
});
const HEADERS = [
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
];
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
const MEDIA_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  '',
  'application',
  'json',
  'application/xml',
  'application/json; charset=utf-16',
  'application/json, application/json',
];
const BAD_JSON = [
  '{',
  '\u0000',
  '[',
  '{"a":1}}',
  'NaN',
  '\ufeff{}',
  '<xml/>',
  '{"__proto__":{"a":1}}',
  '{"a":1,"a":2}',
  '{"a":1e400}',
  '{"a":"\ufffd"}',
  '['.repeat(40),
];

/** Another value somewhere in the body. */
const body: Damage = (draft, { schema, validators }) =>
  damaged(JSON.parse(draft.body!)).map((value) => {
    // `undefined` has no JSON: its text is no JSON either.
    const text = JSON.stringify(value) ?? 'undefined';
    return {
      draft: { ...draft, body: text },
      refusable: text === 'undefined' || !validators(schema!)(JSON.parse(text)),
    };
  });

const json: Damage = (draft) =>
  fc
    .oneof(
      fc.nat(draft.body!.length - 1).map((end) => draft.body!.slice(0, end) || '{'),
      fc.constantFrom(...BAD_JSON),
    )
    .map((text) => ({ draft: { ...draft, body: text }, refusable: true }));

const mediaType: Damage = (draft) =>
  fc.constantFrom(...MEDIA_TYPES).map((type) => ({
    draft: { ...draft, headers: { ...draft.headers, 'content-type': type } },
    refusable: true,
  }));

const size: Damage = (draft) =>
  fc.constantFrom(70_000, 300_000).map((length) => ({
    draft: { ...draft, body: `${draft.body!.slice(0, -1)},"padding":"${'x'.repeat(length)}"}` },
    refusable: true,
  }));

const query: Damage = (draft, operation) => {
  const names = operation.parameters.filter((each) => each.in === 'query').map(({ name }) => name);
  return fc
    .tuple(
      fc.constantFrom(...names, 'unknown', '__proto__', 'limit%00', ''),
      junk.map((value) => encodeWellFormed(String(JSON.stringify(value) ?? '').slice(0, 3_000))),
    )
    .map(([name, value]) => {
      const pairs = [...draft.query.filter(([other]) => other !== name), [name, value] as const];
      return { draft: { ...draft, query: pairs }, refusable: !isQuery(pairs, operation) };
    });
};

/** Only operations that have query parameters check the query. */
function isQuery(pairs: Draft['query'], { parameters, validators }: Operated): boolean {
  const fields = new Map(parameters.filter((each) => each.in === 'query').map(({ name, schema }) => [name, schema]));
  return (
    fields.size === 0 ||
    pairs.every(([name, value]) => {
      const field = fields.get(decodeURIComponent(name));
      return field !== undefined && validators(field)(readAs(field, decodeURIComponent(value)));
    })
  );
}

/** A parameter comes as text; JSON writes numbers and truth values as the API takes them. */
function readAs({ type }: JsonSchema, text: string): unknown {
  if (type === 'integer') return /^(0|[1-9]\d*)$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return { true: true, false: false }[text] ?? text;
  return text;
}

const path: Damage = (draft) =>
  fc
    .tuple(
      fc.constantFrom(...Object.keys(draft.parts), 'none'),
      fc.oneof(
        fc.constantFrom(...WEIRD_SEGMENTS),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map(encodeWellFormed),
      ),
    )
    .map(([name, segment]) => ({
      draft: { ...draft, parts: { ...draft.parts, ...(name === 'none' ? {} : { [name]: segment }) } },
      refusable: false,
    }));

const header: Damage = (draft) =>
  fc.tuple(fc.constantFrom(...HEADERS), headerText).map(([name, value]) => ({
    draft: { ...draft, headers: { ...draft.headers, [name]: value } },
    refusable: false,
  }));

const route: Damage = (draft) =>
  fc
    .constantFrom('/', '//', '/extra', '/%2e%2e', '/..', '/null')
    .map((suffix) => ({ draft: { ...draft, query: [], suffix }, refusable: false }));

const nothing: Damage = (draft) => fc.constant({ draft, refusable: false });

/** For every operation. */
const DAMAGES: readonly Damage[] = [path, header, route, nothing, query];
/** For operations with a body, which is damaged most often. */
const BODY_DAMAGES: readonly Damage[] = [body, body, body, json, mediaType, size];

/** The draft, damaged in one place or left as it is. */
export const damagedDraft = (draft: Draft, operation: Operated): fc.Arbitrary<Damaged> =>
  fc.constantFrom(...DAMAGES, ...(operation.schema ? BODY_DAMAGES : [])).chain((damage) => damage(draft, operation));

/** Lone surrogates have no UTF-8. */
export const encodeWellFormed = (text: string): string => encodeURIComponent(text.toWellFormed());
