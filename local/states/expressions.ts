import jsonata from 'jsonata';
import type { Json } from '../contracts.ts';
import { addStepFunctions } from './functions.ts';

/** What an expression can see: the variables by name, `$states`, and functions. */
export type Bindings = Readonly<Record<string, unknown>>;

/** Why an expression gave no value, and the place in the state where it stands, such as `Arguments/Payload`. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly location: string;

  constructor(location: string, message: string) {
    super(message);
    this.location = location;
  }
}

/** What one evaluation may use, so that a runaway expression fails its state and not the whole runtime. */
const LIMITS = { timeout: 2_000, stack: 2_000 } as const;
const EXPRESSION = /^\{%([\s\S]*)%\}$/;
const compiled = new Map<string, jsonata.Expression>();

export const isExpression = (value: unknown): value is string => typeof value === 'string' && EXPRESSION.test(value);

/** The expression in a string of the form `{% … %}`, compiled once; undefined for other strings. @throws on bad syntax */
export function compile(text: string): jsonata.Expression | undefined {
  const source = EXPRESSION.exec(text)?.[1];
  if (source === undefined) return undefined;
  const known = compiled.get(source);
  if (known) return known;
  const expression = jsonata(source, LIMITS);
  addStepFunctions(expression);
  compiled.set(source, expression);
  return expression;
}

/**
 * Fills a template: every expression in it gives its place a value.
 * @param location where the template stands in its state
 * @throws EvaluationError when an expression fails or gives nothing
 */
export async function evaluate(template: Json, bindings: Bindings, location: string): Promise<Json> {
  if (typeof template === 'string') {
    const expression = compile(template);
    return expression ? valueOf(expression, template, bindings, location) : template;
  }
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) {
    return Promise.all(template.map((item, index) => evaluate(item, bindings, `${location}[${index}]`)));
  }
  const fields: [string, Json][] = [];
  for (const [name, value] of Object.entries(template)) {
    fields.push([name, await evaluate(value, bindings, `${location}/${name}`)]);
  }
  return Object.fromEntries(fields);
}

async function valueOf(
  expression: jsonata.Expression,
  text: string,
  bindings: Bindings,
  location: string,
): Promise<Json> {
  const told = toldOf(text, location);
  let value: unknown;
  try {
    value = await expression.evaluate(undefined, bindings);
  } catch (error) {
    const { code, message } = error as { readonly code?: string; readonly message: string };
    const why = code === undefined ? message : `${code}: ${message}`;
    throw new EvaluationError(location, `${told} threw an error during evaluation. ${why}`);
  }
  if (value === undefined) throw new EvaluationError(location, `${told} returned nothing (undefined).`);
  // Plain JSON from here on: JSONata's arrays have extra properties, and a function is no value.
  const json = isFunction(value) ? undefined : JSON.stringify(value);
  if (json === undefined) throw new EvaluationError(location, `${told} returned an unsupported result type.`);
  return JSON.parse(json) as Json;
}

const isFunction = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value));

/** As AWS words it: the expression without its braces. */
const toldOf = (text: string, location: string): string =>
  `The JSONata expression '${EXPRESSION.exec(text)?.[1]?.trim() ?? text}' specified for the field '${location}'`;

/** As AWS words that an expression gave a value of another type than the field needs. */
export function wrongTypeText(location: string, template: Json, expected: string, value: Json): string {
  const text = typeof template === 'string' ? template : JSON.stringify(template);
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return `${toldOf(text, location)} returned an unexpected result type. Expected '${expected}', but was '${type}' for value: ${JSON.stringify(value)}`;
}
