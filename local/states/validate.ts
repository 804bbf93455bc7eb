import type { Machine, State } from './definition.ts';
import { checkFields, DefinitionError, mustHave, refusal } from './definition-error.ts';
import { compile } from './expressions.ts';
import { CLAUSES, COMMON, FIELDS, type Fields, ITEM_PROCESSOR, MACHINE, REQUIRED, TOP_LEVEL } from './fields.ts';
import type { Integrations } from './integration.ts';
import { resourceRefusal } from './task-resource.ts';
import { checkMap } from './validate-map.ts';

/**
 * Parses a definition and refuses what the engine cannot run as AWS would: other query languages, unknown types and
 * fields, dangling names, states without a way to them, broken expressions.
 * @param integrations what tasks can call
 * @throws DefinitionError naming the state and the field
 */
export function parseDefinition(text: string, integrations: Integrations): Machine {
  let machine: Machine;
  try {
    machine = JSON.parse(text) as Machine;
  } catch (error) {
    throw new DefinitionError('the definition', `it is not JSON: ${(error as Error).message}`, false);
  }
  if (machine?.QueryLanguage !== 'JSONata') {
    throw refusal(
      'the definition',
      `QueryLanguage is ${machine?.QueryLanguage ?? 'absent'}; this engine runs JSONata only`,
    );
  }
  new Validator(integrations).machine(machine, 'the definition', TOP_LEVEL);
  return machine;
}

class Validator {
  readonly #integrations: Integrations;
  readonly #names = new Set<string>();

  constructor(integrations: Integrations) {
    this.#integrations = integrations;
  }

  machine(machine: Machine, where: string, fields: Fields): void {
    checkFields(machine, where, fields);
    for (const field of ['StartAt', 'States']) mustHave(machine, where, field);
    const { StartAt, States } = machine;
    checkTarget(StartAt, States, `${where}, StartAt`);
    for (const [name, state] of Object.entries(States)) {
      if (this.#names.has(name)) throw refusal(`state ${name}`, 'another state of the machine has the same name');
      if (name.length > 80) throw refusal(`state ${name}`, 'its name is longer than 80 characters');
      this.#names.add(name);
      this.#state(state, `state ${name}`, States);
    }
    const targets = new Set([StartAt, ...Object.values(States).flatMap(targetsOf)]);
    const lost = Object.keys(States).find((name) => !targets.has(name));
    if (lost !== undefined) throw refusal(`state ${lost}`, 'no state leads to it');
  }

  #state(state: State, where: string, siblings: Machine['States']): void {
    const fields = Object.hasOwn(FIELDS, state?.Type) ? FIELDS[state.Type] : undefined;
    if (!fields) {
      throw refusal(`${where}, Type`, `${JSON.stringify(state?.Type)} is not one of ${Object.keys(FIELDS).join(', ')}`);
    }
    checkFields(state, where, { ...COMMON, ...fields });
    const required = REQUIRED[state.Type];
    if (required) mustHave(state, where, required);
    if ('Next' in fields) checkFlow(state as { readonly Next?: string; readonly End?: boolean }, where, siblings);
    for (const field of ['Choices', 'Retry', 'Catch'] as const) checkClauses(state, field, where, siblings);
    checkExpressions(state, where);
    this.#special(state, where, siblings);
  }

  #special(state: State, where: string, siblings: Machine['States']): void {
    switch (state.Type) {
      case 'Task':
        checkResource(state.Resource, this.#integrations, `${where}, Resource`);
        if (Number(state.HeartbeatSeconds) >= Number(state.TimeoutSeconds)) {
          throw refusal(`${where}, HeartbeatSeconds`, 'it is not smaller than TimeoutSeconds');
        }
        break;
      case 'Wait':
        if ((state.Seconds === undefined) === (state.Timestamp === undefined)) {
          throw refusal(where, 'a Wait state has either Seconds or Timestamp');
        }
        break;
      case 'Choice':
        if (state.Default !== undefined) checkTarget(state.Default, siblings, `${where}, Default`);
        break;
      case 'Parallel':
        state.Branches.forEach((branch, index) => this.machine(branch, `${where}, Branches[${index}]`, MACHINE));
        break;
      case 'Map':
        checkMap(state, where);
        this.machine(state.ItemProcessor, `${where}, ItemProcessor`, ITEM_PROCESSOR);
        break;
      case 'Pass':
      case 'Succeed':
      case 'Fail':
        break;
    }
  }
}

function checkResource(resource: string, integrations: Integrations, where: string): void {
  const reason = resourceRefusal(resource, integrations);
  if (reason !== undefined) throw refusal(where, reason);
}

function checkFlow(
  { Next, End }: { readonly Next?: string; readonly End?: boolean },
  where: string,
  siblings: Machine['States'],
): void {
  if (End === true && Next !== undefined) throw refusal(where, 'it has both Next and End');
  if (End !== true) checkTarget(Next, siblings, `${where}, Next`);
}

function checkTarget(name: unknown, siblings: Machine['States'], where: string): void {
  if (typeof name !== 'string' || !Object.hasOwn(siblings, name)) {
    throw refusal(where, `it names the state ${JSON.stringify(name)}, which does not exist here`);
  }
}

/** The states that one leads to. */
function targetsOf(state: State): (string | undefined)[] {
  const {
    Next,
    Default,
    Choices = [],
    Catch = [],
  } = state as {
    readonly Next?: string;
    readonly Default?: string;
    readonly Choices?: readonly Clause[];
    readonly Catch?: readonly Clause[];
  };
  return [Next, Default, ...[...Choices, ...Catch].map((clause) => clause.Next)];
}

interface Clause {
  readonly Condition?: unknown;
  readonly ErrorEquals?: readonly string[];
  readonly Next?: string;
  readonly IntervalSeconds?: number;
  readonly MaxDelaySeconds?: number;
}

function checkClauses(state: State, field: keyof typeof CLAUSES, where: string, siblings: Machine['States']): void {
  const clauses = (state as Partial<Record<typeof field, readonly Clause[]>>)[field] ?? [];
  clauses.forEach((clause, index) => {
    const place = `${where}, ${field}[${index}]`;
    checkFields(clause, place, CLAUSES[field]);
    mustHave(clause, place, field === 'Choices' ? 'Condition' : 'ErrorEquals');
    if (field !== 'Retry') checkTarget(clause.Next, siblings, `${place}, Next`);
    const { ErrorEquals = [], IntervalSeconds = 1, MaxDelaySeconds = Infinity } = clause;
    if (ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || index < clauses.length - 1)) {
      throw refusal(`${place}, ErrorEquals`, 'States.ALL must stand alone, in the last clause');
    }
    if (MaxDelaySeconds <= IntervalSeconds) {
      throw refusal(`${place}, MaxDelaySeconds`, 'it is not greater than IntervalSeconds');
    }
  });
}

/** Compiles every expression once, so that a broken one is refused now and not in the middle of an order. */
function checkExpressions(value: unknown, where: string): void {
  if (typeof value === 'string') {
    try {
      compile(value);
    } catch (error) {
      throw refusal(where, `the expression ${value} is broken: ${(error as Error).message}`);
    }
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => checkExpressions(item, `${where}[${index}]`));
  } else if (typeof value === 'object' && value !== null) {
    for (const [field, item] of Object.entries(value)) {
      // Machines inside Parallel and Map are checked as machines.
      if (field !== 'Branches' && field !== 'ItemProcessor') checkExpressions(item, `${where}, ${field}`);
    }
  }
}
