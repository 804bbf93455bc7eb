import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';
import type { Json } from '../contracts.ts';
import { TaskFailure } from './failure.ts';

/** What an expression can see: the variables by name, and `$states`. */
export type Bindings = Readonly<Record<string, unknown>>;

const EXPRESSION = /^\{%([\s\S]*)%\}$/;
const compiled = new Map<string, jsonata.Expression>();

/** The expression in a string of the form `{% … %}`, compiled once; undefined for other strings. @throws on bad syntax */
export function compile(text: string): jsonata.Expression | undefined {
  const source = EXPRESSION.exec(text)?.[1];
  if (source === undefined) return undefined;
  const known = compiled.get(source);
  if (known) return known;
  const expression = jsonata(source);
  addStepFunctionsLibrary(expression);
  compiled.set(source, expression);
  return expression;
}

/**
 * Fills a template: every expression in it gives its place a value.
 * @param where the state and field, for the error
 * @throws TaskFailure `States.QueryEvaluationError` when an expression fails or gives nothing
 */
export async function evaluate(template: Json, bindings: Bindings, where: string): Promise<Json> {
  if (typeof template === 'string') {
    const expression = compile(template);
    return expression ? evaluateExpression(expression, template, bindings, where) : template;
  }
  if (Array.isArray(template)) return Promise.all(template.map((item) => evaluate(item, bindings, where)));
  if (typeof template !== 'object' || template === null) return template;
  const fields = await Promise.all(Object.entries(template).map(async ([name, value]) => [name, await evaluate(value, bindings, where)] as const));
  return Object.fromEntries(fields);
}

async function evaluateExpression(expression: jsonata.Expression, text: string, bindings: Bindings, where: string): Promise<Json> {
  let value: unknown;
  try {
    value = await expression.evaluate(undefined, { ...bindings });
  } catch (error) {
    throw evaluationError(where, text, (error as Error).message);
  }
  if (value === undefined || typeof value === 'function') throw evaluationError(where, text, 'it returned nothing (undefined)');
  // Plain JSON from here on: JSONata's arrays carry marks of their own.
  return JSON.parse(JSON.stringify(value)) as Json;
}

const evaluationError = (where: string, text: string, why: string): TaskFailure =>
  new TaskFailure('States.QueryEvaluationError', `The JSONata expression '${text}' specified for ${where} failed: ${why}`);

/** The functions that Step Functions adds to JSONata, and the one it takes away. */
function addStepFunctionsLibrary(expression: jsonata.Expression): void {
  expression.registerFunction('uuid', () => randomUUID());
  expression.registerFunction('parse', (text: string) => JSON.parse(text) as unknown, '<s:x>');
  expression.registerFunction('hash', (data: unknown, algorithm = 'SHA-256') =>
    createHash(algorithm.toLowerCase().replace('-', '')).update(typeof data === 'string' ? data : JSON.stringify(data)).digest('hex'));
  expression.registerFunction('range', (first: number, last: number, step: number) => {
    if (step === 0) throw new Error('$range needs a step other than 0');
    const values: number[] = [];
    for (let value = first; step > 0 ? value <= last : value >= last; value += step) values.push(value);
    return values;
  });
  expression.registerFunction('partition', (items: unknown[], size: number) => {
    const parts: unknown[][] = [];
    for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
    return parts;
  });
  expression.registerFunction('eval', () => {
    throw new Error('$eval is not available in Step Functions');
  });
}
