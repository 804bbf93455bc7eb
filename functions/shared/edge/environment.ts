import * as z from 'zod';

/**
 * Reads a function's environment once, when it loads.
 * @throws Error that names each variable that is missing or wrong, so that a bad deployment fails before its first order
 */
export function readEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: NodeJS.ProcessEnv = process.env,
): z.infer<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`The function's environment is incomplete: ${complaints.join('; ')}.`);
}

/** The name of a table, from the variable that carries it. @throws Error that names the variable when it is missing */
export const tableName = ({ variable }: { readonly variable: string }): string =>
  readEnvironment(z.object({ [variable]: z.string() }))[variable]!;
