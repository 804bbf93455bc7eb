import type { Json, JsonObject } from '../contracts.ts';
import { textOf } from '../properties.ts';

/** Where intrinsic functions get their values from. Each throws Error for a name it does not know. */
export interface Scope {
  ref(name: string): Json;
  attribute(logicalId: string, attribute: string): Json;
  importValue(exportName: string): Json;
  condition(name: string): boolean;
  mapping(map: string, top: string, second: string): Json;
}

/** Stands for a property that `{"Ref": "AWS::NoValue"}` removes. */
const NO_VALUE = Symbol('AWS::NoValue');

/** A template's value with every intrinsic function carried out. @throws Error for a function this runtime does not have */
export function resolve(value: Json, scope: Scope): Json {
  const resolved = resolveOrRemove(value, scope);
  return resolved === NO_VALUE ? null : resolved;
}

function resolveOrRemove(value: Json, scope: Scope): Json | typeof NO_VALUE {
  if (Array.isArray(value)) {
    return value.map((item) => resolveOrRemove(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = [], ...others] = Object.entries(value);
  if (others.length === 0 && name !== undefined && (name === 'Ref' || name.startsWith('Fn::'))) {
    return callFunction(name, argument as Json, scope);
  }
  const fields = Object.entries(value).map(([field, item]) => [field, resolveOrRemove(item, scope)] as const);
  return Object.fromEntries(fields.filter(([, item]) => item !== NO_VALUE)) as JsonObject;
}

function callFunction(name: string, argument: Json, scope: Scope): Json | typeof NO_VALUE {
  const args = (): Json[] => resolve(argument, scope) as Json[];
  switch (name) {
    case 'Ref':
      return argument === 'AWS::NoValue' ? NO_VALUE : scope.ref(textOf(argument));
    case 'Fn::GetAtt': {
      const [logicalId, attribute] = typeof argument === 'string' ? splitOnce(argument) : (argument as [string, Json]);
      return scope.attribute(logicalId, textOf(resolve(attribute, scope)));
    }
    case 'Fn::ImportValue':
      return scope.importValue(textOf(resolve(argument, scope)));
    case 'Fn::Join': {
      const [separator, parts] = args() as [string, Json[]];
      return parts.map(textOf).join(separator);
    }
    case 'Fn::Select': {
      const [index, items] = args() as [number | string, Json[]];
      const item = items[Number(index)];
      if (item === undefined) throw new Error(`Fn::Select has no item ${index} among ${items.length}.`);
      return item;
    }
    case 'Fn::Split': {
      const [separator, text] = args() as [string, string];
      return text.split(separator);
    }
    case 'Fn::Sub':
      return substitute(argument, scope);
    case 'Fn::Base64':
      return Buffer.from(textOf(resolve(argument, scope))).toString('base64');
    case 'Fn::FindInMap': {
      const [map, top, second] = args() as [string, string, string];
      return scope.mapping(map, top, second);
    }
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = argument as [string, Json, Json];
      return resolveOrRemove(scope.condition(condition) ? whenTrue : whenFalse, scope);
    }
    default:
      throw new Error(`The intrinsic function ${name} is not supported by this runtime.`);
  }
}

/** Whether a condition of the template holds. */
export function evaluateCondition(expression: Json, scope: Scope): boolean {
  const [[name, argument] = []] = Object.entries(expression as JsonObject);
  const parts = argument as Json[];
  switch (name) {
    case 'Fn::Equals':
      return textOf(resolve(parts[0]!, scope)) === textOf(resolve(parts[1]!, scope));
    case 'Fn::And':
      return parts.every((part) => evaluateCondition(part, scope));
    case 'Fn::Or':
      return parts.some((part) => evaluateCondition(part, scope));
    case 'Fn::Not':
      return !evaluateCondition(parts[0]!, scope);
    case 'Condition':
      return scope.condition(textOf(argument));
    default:
      throw new Error(`The condition function ${name} is not supported by this runtime.`);
  }
}

/** `Fn::Sub`: `${Name}` is a reference, `${Id.Attribute}` an attribute, `${!Text}` a literal. */
function substitute(argument: Json, scope: Scope): string {
  const [text, variables] = Array.isArray(argument) ? (argument as [string, JsonObject]) : [textOf(argument), {}];
  return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (name in variables) return textOf(resolve(variables[name]!, scope));
    if (!name.includes('.')) return textOf(scope.ref(name));
    return textOf(scope.attribute(...splitOnce(name)));
  });
}

function splitOnce(text: string): [string, string] {
  const dot = text.indexOf('.');
  return [text.slice(0, dot), text.slice(dot + 1)];
}

/** The logical ids that a value refers to, so that resources can be made in order. */
export function references(value: Json): Set<string> {
  const found = new Set<string>();
  const walk = (item: Json): void => {
    if (Array.isArray(item)) return item.forEach(walk);
    if (typeof item !== 'object' || item === null) return;
    for (const [name, argument] of Object.entries(item)) {
      if (name === 'Ref') found.add(textOf(argument));
      else if (name === 'Fn::GetAtt') {
        found.add(typeof argument === 'string' ? splitOnce(argument)[0] : textOf((argument as Json[])[0]));
      } else if (name === 'Fn::Sub') {
        const text = Array.isArray(argument) ? textOf(argument[0]) : textOf(argument);
        for (const [, reference] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) found.add(reference!.split('.')[0]!);
        walk(argument);
      } else walk(argument);
    }
  };
  walk(value);
  return found;
}
