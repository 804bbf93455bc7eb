import type { Location } from '../arn.ts';
import type { Json, JsonObject } from '../contracts.ts';
import { textOf } from '../properties.ts';
import type { Made } from '../resource.ts';
import { evaluateCondition, type Scope } from './intrinsics.ts';
import type { Stack } from './template.ts';

interface ScopeOptions extends Location {
  /** Given values of parameters. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The names of one stack: pseudo parameters, parameters, what is made of it so far, and what other stacks export. */
export class StackScope implements Scope {
  readonly #stack: Stack;
  readonly #exports: ReadonlyMap<string, Json>;
  readonly #options: ScopeOptions;
  readonly #made = new Map<string, Made>();
  readonly #pseudo: Readonly<Record<string, string>>;

  constructor(stack: Stack, exports: ReadonlyMap<string, Json>, options: ScopeOptions) {
    this.#stack = stack;
    this.#exports = exports;
    this.#options = options;
    const { region, account } = options;
    this.#pseudo = {
      'AWS::Region': region,
      'AWS::AccountId': account,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack.name}/local`,
    };
  }

  /** A resource is made: others may refer to it from now on. */
  add(logicalId: string, made: Made): void {
    this.#made.set(logicalId, made);
  }

  ref(id: string): Json {
    return this.#pseudo[id] ?? this.#made.get(id)?.ref ?? this.#parameter(id);
  }

  attribute(logicalId: string, attribute: string): Json {
    const value = this.#made.get(logicalId)?.attributes?.[attribute];
    if (value !== undefined) return value;
    const type = this.#stack.template.Resources[logicalId]?.Type;
    throw new Error(
      type
        ? `${logicalId} (${type}) has no attribute ${attribute} in this runtime.`
        : `There is no resource ${logicalId}.`,
    );
  }

  importValue(exportName: string): Json {
    const value = this.#exports.get(exportName);
    if (value === undefined) throw new Error(`No stack exports ${exportName}.`);
    return value;
  }

  condition(name: string): boolean {
    const expression = this.#stack.template.Conditions?.[name];
    if (expression === undefined) throw new Error(`There is no condition ${name}.`);
    return evaluateCondition(expression, this);
  }

  mapping(map: string, top: string, second: string): Json {
    const value = ((this.#stack.template.Mappings?.[map] as JsonObject | undefined)?.[top] as JsonObject | undefined)?.[
      second
    ];
    if (value === undefined) throw new Error(`The mapping ${map} has no ${top}, ${second}.`);
    return value;
  }

  #parameter(id: string): Json {
    const declared = this.#stack.template.Parameters?.[id];
    if (declared === undefined) throw new Error(`There is no resource or parameter ${id}, or a condition left it out.`);
    const value = this.#options.parameters[id] ?? declared.Default;
    if (value === undefined) {
      throw new Error(`The parameter ${id} has no value (${declared.Description ?? declared.Type}).`);
    }
    if (declared.AllowedPattern && !new RegExp(`^(?:${declared.AllowedPattern})$`).test(textOf(value))) {
      throw new Error(`The parameter ${id} is "${textOf(value)}"; expected a match of ${declared.AllowedPattern}.`);
    }
    return value;
  }
}
