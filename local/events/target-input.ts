import type { Json, JsonObject } from '../contracts.ts';
import type { EventEnvelope, RuleDefinition, RuleTarget } from './rule.ts';

/** Makes what a target gets of an event. */
export type TargetInput = (event: EventEnvelope) => Json;

/** @throws RangeError for a path or a template that this runtime cannot follow. */
export function compileInput(
  target: RuleTarget,
  rule: Pick<RuleDefinition, 'name'> & { readonly arn: string },
): TargetInput {
  const { input, inputPath, inputTransformer } = target;
  if ([input, inputPath, inputTransformer].filter((one) => one !== undefined).length > 1) {
    throw new RangeError('a target has only one of Input, InputPath and InputTransformer.');
  }
  if (input !== undefined) {
    const constant = JSON.parse(input) as Json;
    return () => constant;
  }
  if (inputPath !== undefined) {
    const follow = compilePath(inputPath);
    return (event) => follow(event as unknown as JsonObject) ?? null;
  }
  if (inputTransformer !== undefined) return compileTransformer(inputTransformer, rule);
  return (event) => event as unknown as JsonObject;
}

/** `$`, then `.name`, `['name']` or `[index]` any number of times. */
function compilePath(path: string): (event: Json) => Json | undefined {
  const steps: (string | number)[] = [];
  const rest = path
    .replace(/^\$/, '')
    .replace(/\.([A-Za-z_][\w-]*)|\[(\d+)\]|\['([^']+)'\]/gy, (_, name?: string, index?: string, quoted?: string) => {
      steps.push(index === undefined ? (name ?? quoted)! : Number(index));
      return '';
    });
  if (!path.startsWith('$') || rest !== '') throw new RangeError(`the path ${path} is not supported.`);
  return (event) => {
    let value: Json | undefined = event;
    for (const step of steps) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = Object.hasOwn(value, step) ? (value as JsonObject)[step] : undefined;
    }
    return value;
  };
}

/** Every whole JSON string of the template, or a placeholder outside of one. */
const STRINGS_AND_PLACEHOLDERS = /"(?:[^"\\]|\\.)*"|<([\w.-]+)>/g;
const PLACEHOLDER = /<([\w.-]+)>/g;

/**
 * The template with its placeholders filled in: as JSON where one stands alone, as plain text inside of a string.
 * A path that leads nowhere gives an empty text inside of a string, and null alone.
 */
function compileTransformer(
  { inputPathsMap = {}, inputTemplate }: NonNullable<RuleTarget['inputTransformer']>,
  rule: { readonly name: string; readonly arn: string },
): TargetInput {
  const variables: Record<string, (event: EventEnvelope) => Json | undefined> = {
    'aws.events.rule-arn': () => rule.arn,
    'aws.events.rule-name': () => rule.name,
    'aws.events.event': ({ detail: _, ...event }) => event as unknown as JsonObject,
    'aws.events.event.json': (event) => event as unknown as JsonObject,
    'aws.events.event.ingestion-time': (event) => event.time,
  };
  for (const [name, path] of Object.entries(inputPathsMap)) {
    const follow = compilePath(path);
    variables[name] = (event) => follow(event as unknown as JsonObject);
  }
  for (const [, name] of inputTemplate.matchAll(PLACEHOLDER)) {
    if (!Object.hasOwn(variables, name!)) {
      throw new RangeError(`the template uses <${name}>, which is not in InputPathsMap.`);
    }
  }
  return (event) => {
    const textOf = (name: string): string => {
      const value = variables[name]!(event);
      return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
    };
    const filled = inputTemplate.replace(STRINGS_AND_PLACEHOLDERS, (part, name: string | undefined) =>
      name === undefined
        ? part.replace(PLACEHOLDER, (_, inner: string) => JSON.stringify(textOf(inner)).slice(1, -1))
        : JSON.stringify(variables[name]!(event) ?? null),
    );
    return parseOrText(filled);
  };
}

/** A template need not be JSON: lines of text are allowed as well. */
function parseOrText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
