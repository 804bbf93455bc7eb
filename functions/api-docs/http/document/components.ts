import * as z from 'zod';
import type { JsonSchema } from './document-types.ts';

const DEFINITIONS = '#/$defs/';
const COMPONENTS = '#/components/schemas/';

/** Makes JSON Schemas of zod schemas. A schema with an `id` becomes a component, and other schemas refer to it. */
export class Components {
  readonly #schemas = new Map<string, JsonSchema>();

  /**
   * Describes the input side of a schema that transforms. This holds for answers too, which may get more fields later.
   */
  schemaOf(schema: z.ZodType): JsonSchema {
    // A schema with an id is a reference inside another schema, too.
    const { $defs = {}, prefixItems } = z.toJSONSchema(z.tuple([schema]), {
      io: 'input',
      override: readableToAll,
    });
    for (const [id, definition] of Object.entries($defs)) this.#define(id, referringToComponents(definition));
    return referringToComponents((prefixItems as JsonSchema[])[0]!);
  }

  all(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#schemas].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  #define(id: string, schema: JsonSchema): void {
    const known = this.#schemas.get(id);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`Two schemas have the id ${id}.`);
    }
    this.#schemas.set(id, schema);
  }
}

/**
 * The format is enough: its pattern, which has 400 characters for dates, says nothing more to a reader. What a parameter is to a
 * client, such as a number, counts for more than the text that it comes as.
 */
function readableToAll({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined || jsonSchema.type === 'integer') delete jsonSchema.pattern;
  if (jsonSchema.type === 'boolean') delete jsonSchema.enum;
  if (jsonSchema.pattern !== undefined) jsonSchema.pattern = withoutShorthands(jsonSchema.pattern);
}

/** `\d` and `\w` mean other characters in other languages, such as Python's. */
function withoutShorthands(pattern: string): string {
  let within = false;
  return pattern.replaceAll(/\\.|[[\]]/g, (token) => {
    if (token === '[' || token === ']') within = token === '[';
    const set = token === '\\d' ? '0-9' : token === '\\w' ? 'A-Za-z0-9_' : undefined;
    return set === undefined ? token : within ? set : `[${set}]`;
  });
}

const referringToComponents = (schema: object): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll(`"$ref":"${DEFINITIONS}`, `"$ref":"${COMPONENTS}`)) as JsonSchema;
