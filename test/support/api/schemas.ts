/** JSON Schema validators made from the API document. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ApiDocument, JsonSchema } from '../../../functions/api-docs/http/document/document-types.ts';

/** A schema is valid where it stands in the document, or made stricter: then fields that are not documented are faults. */
export interface Strictness {
  readonly closed?: boolean;
}

/** Validators of this document's schemas, which may refer to its components. */
export function validatorsOf(
  document: ApiDocument,
  { closed = false }: Strictness = {},
): (schema: JsonSchema) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const strict = <Schema>(schema: Schema): Schema => (closed ? (closedIn(schema) as Schema) : schema);
  // Known by a name, each component is compiled once, whatever refers to it.
  ajv.addSchema({ $id: COMPONENTS, components: strict(document.components) });
  const compiled = new Map<JsonSchema, ValidateFunction>();
  return (schema) => {
    const known = compiled.get(schema);
    if (known) return known;
    const validate = ajv.compile(withNamedComponents(strict(schema)));
    compiled.set(schema, validate);
    return validate;
  };
}

const COMPONENTS = 'urn:waybill:components';

const withNamedComponents = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${COMPONENTS}#/`)) as JsonSchema;

/** Refuses fields that are not documented, in every object of a schema that lists its fields. */
function closedIn(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closedIn);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, closedIn(value)]));
  return inner.type === 'object' && inner.properties && inner.additionalProperties === undefined
    ? { ...inner, additionalProperties: false }
    : inner;
}

/** What is wrong, in a few words. */
export const faultsOf = ({ errors }: ValidateFunction): string[] =>
  (errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
