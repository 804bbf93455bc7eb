import * as z from 'zod';
import type { JsonSchema } from './document-types.ts';

const DEFINITIONS = '#/$defs/';
const COMPONENTS = '#/components/schemas/';

/** JSON Schemas of zod schemas; those with an `id` become components, and are referred to. */
export class Components {
  readonly #schemas = new Map<string, JsonSchema>();

  /** What has to be sent: of a schema that transforms, what goes in. Also of answers, which may get more fields later. */
  schemaOf(schema: z.ZodType): JsonSchema {
    // Inside of something, a schema with an id is a reference as well.
    const { $defs = {}, prefixItems } = z.toJSONSchema(z.tuple([schema]), {
      io: 'input',
      override: withoutPatternOfFormat,
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

/** A format says it in a word; its pattern, which for dates has 400 characters, tells nobody more. */
function withoutPatternOfFormat({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

const referringToComponents = (schema: object): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll(`"$ref":"${DEFINITIONS}`, `"$ref":"${COMPONENTS}`)) as JsonSchema;
