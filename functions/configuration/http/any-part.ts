import * as z from 'zod';

/**
 * The schema of any part of what a schema describes: whatever its objects have may be left out, and what is there must be right.
 * Rules between fields do not hold for a part.
 */
export function anyPart(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodReadonly) return anyPart(schema.unwrap());
  if (schema instanceof z.ZodOptional) return anyPart(schema.unwrap());
  if (schema instanceof z.ZodNullable) return anyPart(schema.unwrap()).nullable();
  if (!(schema instanceof z.ZodObject)) return schema as z.ZodType;
  const fields = Object.entries<z.core.$ZodType>(schema.shape);
  return z.strictObject(Object.fromEntries(fields.map(([name, field]) => [name, anyPart(field).optional()])));
}
