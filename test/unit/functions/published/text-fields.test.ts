import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { CONTRACTS } from '../../../../functions/published/contracts.ts';
import { multiLine } from '../../../../functions/shared/http/text.ts';
import { PROBLEMATIC_CHARACTERS } from '../../../support/api/problematic-characters.ts';

interface TextField {
  readonly place: string;
  readonly schema: z.core.$ZodType;
}

/** Opaque: what it holds has a schema of its own, and a text that is no cursor has a problem type of its own. */
const OPAQUE = 'cursor';

/** Every text in a schema, names of fields that a client chooses included. */
function textFieldsIn(schema: z.core.$ZodType, place: string): TextField[] {
  if (schema instanceof z.ZodObject) {
    return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, field]) =>
      name === OPAQUE ? [] : textFieldsIn(field, `${place}/${name}`),
    );
  }
  if (schema instanceof z.ZodArray) return textFieldsIn(schema.element, `${place}/0`);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => textFieldsIn(option, place));
  if (schema instanceof z.ZodRecord) {
    return [...textFieldsIn(schema.keyType, `${place}/{name}`), ...textFieldsIn(schema.valueType, `${place}/{value}`)];
  }
  if (schema instanceof z.ZodPipe) return textFieldsIn(schema.in, place);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly
  ) {
    return textFieldsIn(schema.unwrap(), place);
  }
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) return [{ place, schema }];
  if (['number', 'boolean', 'enum', 'literal'].includes(schema._zod.def.type)) return [];
  throw new Error(`${place} has a schema of a type that this test does not know: ${schema._zod.def.type}.`);
}

const fields = CONTRACTS.flatMap(({ operationId, body, query, pathParameters }) =>
  Object.entries({ body, query, path: pathParameters }).flatMap(([part, schema]) =>
    schema ? textFieldsIn(schema, `${operationId} ${part}`) : [],
  ),
).map((field) => [field.place, field] as const);

/** Texts in which a field of any form might overlook the character. */
const around = (character: string) => [
  character,
  `A${character}`,
  `${character}A`,
  `Ada ${character}Lovelace`,
  `1${character}1`,
];

describe('A text field of a request', () => {
  test('is found in bodies, queries and paths', () => {
    expect(fields.map(([place]) => place)).toEqual(
      expect.arrayContaining([
        'createOrder body/shippingAddress/name',
        'createOrder body/paymentMethod/token',
        'refundOrder body/comment',
        'searchOrders query/q',
        'getOrder path/orderId',
        'registerInstance body/metadata/{value}',
        'changeConfiguration body/reason',
      ]),
    );
  });

  test.each(fields)('takes no character that no text has: %s', (_, { schema }) => {
    const taken = PROBLEMATIC_CHARACTERS.filter(
      ([, character]) =>
        !(isOfSeveralLines(schema) && /[\t\n\r]/.test(character)) &&
        around(character).some((text) => z.safeParse(schema, text).success),
    );
    expect(taken.map(([name]) => name)).toEqual([]);
  });
});

const { pattern: OF_SEVERAL_LINES } = multiLine(1).meta() as { pattern: string };
const isOfSeveralLines = (schema: z.core.$ZodType): boolean =>
  (z.globalRegistry.get(schema) as { pattern?: string } | undefined)?.pattern === OF_SEVERAL_LINES;
