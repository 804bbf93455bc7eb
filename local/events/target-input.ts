import type { Json, JsonObject } from '../contracts.ts';
import type { EventEnvelope, RuleDefinition, RuleTarget } from './rule.ts';

/** The text that a target gets of an event; undefined when a template makes no JSON of it, for which EventBridge drops the event. */
export type TargetInput = (event: EventEnvelope) => string | undefined;

/** @throws RangeError for a path or a template that this runtime cannot follow. */
export function compileInput(
  target: RuleTarget,
  rule: Pick<RuleDefinition, 'name'> & { readonly arn: string },
): TargetInput {
  const { id, input, inputPath, inputTransformer } = target;
  if ([input, inputPath, inputTransformer].filter((one) => one !== undefined).length > 1) {
    throw new RangeError(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  }
  if (input !== undefined) {
    if (!isJson(input)) throw new RangeError(`Input of target ${id} is not valid JSON: ${input}`);
    return () => input;
  }
  if (inputPath !== undefined) {
    const follow = compilePath(inputPath);
    return (event) => JSON.stringify(follow(event as unknown as JsonObject) ?? null);
  }
  if (inputTransformer !== undefined) return compileTransformer(id, inputTransformer, rule);
  return (event) => JSON.stringify(event);
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
 * The template with its placeholders filled in: as JSON where one stands alone, as plain text inside of a string. A path that
 * leads nowhere gives an empty text. Objects and lists inside of a string are without their quotes when the template is lines of
 * text; a JSON template is then no JSON any more, and nothing is delivered. All of this is as AWS was recorded.
 */
function compileTransformer(
  targetId: string,
  { inputPathsMap = {}, inputTemplate }: NonNullable<RuleTarget['inputTransformer']>,
  rule: { readonly name: string; readonly arn: string },
): TargetInput {
  const variables = variablesOf(inputPathsMap, rule);
  for (const [, name] of inputTemplate.matchAll(PLACEHOLDER)) {
    if (!Object.hasOwn(variables, name!)) {
      throw new RangeError(`InputTemplate for target ${targetId} contains invalid placeholder ${name}.`);
    }
  }
  const makesJson = /^\s*[{[]/.test(inputTemplate);
  return (event) => {
    const insideString = (name: string): string => {
      const value = variables[name]!(event) ?? '';
      if (typeof value === 'string') return JSON.stringify(value).slice(1, -1);
      return makesJson ? JSON.stringify(value) : JSON.stringify(value).replaceAll('"', '');
    };
    const filled = inputTemplate.replace(STRINGS_AND_PLACEHOLDERS, (part, name: string | undefined) =>
      name === undefined
        ? part.replace(PLACEHOLDER, (_, inner: string) => insideString(inner))
        : JSON.stringify(variables[name]!(event) ?? ''),
    );
    return makesJson ? compact(filled) : filled;
  };
}

function variablesOf(
  inputPathsMap: Readonly<Record<string, string>>,
  rule: { readonly name: string; readonly arn: string },
): Record<string, (event: EventEnvelope) => Json | undefined> {
  const paths = Object.entries(inputPathsMap).map(([name, path]) => {
    const follow = compilePath(path);
    return [name, (event: EventEnvelope) => follow(event as unknown as JsonObject)] as const;
  });
  return {
    'aws.events.rule-arn': () => rule.arn,
    'aws.events.rule-name': () => rule.name,
    'aws.events.event': ({ detail: _, 'detail-type': detailType, ...event }) =>
      ({ ...event, detailType }) as unknown as JsonObject,
    'aws.events.event.json': (event) => event as unknown as JsonObject,
    'aws.events.event.ingestion-time': (event) => event.time,
    ...Object.fromEntries(paths),
  };
}

const compact = (json: string): string | undefined => (isJson(json) ? JSON.stringify(JSON.parse(json)) : undefined);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
