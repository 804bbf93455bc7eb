import { AwsError } from '../contracts.ts';
import { compile } from './expressions.ts';
import type { Machine, State } from './definition.ts';

/** Fields that each type of state may have, beside those that all have. */
const FIELDS: Record<State['Type'], readonly string[]> = {
  Task: ['Resource', 'Arguments', 'TimeoutSeconds', 'Retry', 'Catch', 'Assign', 'Output', 'Next', 'End'],
  Parallel: ['Branches', 'Arguments', 'Retry', 'Catch', 'Assign', 'Output', 'Next', 'End'],
  Map: ['Items', 'ItemSelector', 'ItemProcessor', 'MaxConcurrency', 'ToleratedFailureCount', 'ToleratedFailurePercentage', 'Retry', 'Catch', 'Assign', 'Output', 'Next', 'End'],
  Choice: ['Choices', 'Default', 'Assign', 'Output'],
  Wait: ['Seconds', 'Timestamp', 'Assign', 'Output', 'Next', 'End'],
  Pass: ['Assign', 'Output', 'Next', 'End'],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
};
const ALWAYS = ['Type', 'Comment', 'QueryLanguage'];
const FLOWING = new Set(['Task', 'Parallel', 'Map', 'Wait', 'Pass']);

/**
 * Parses a definition and refuses what the engine cannot run as AWS would: other query languages, unknown types and
 * fields, dangling names, broken expressions.
 * @param integrations the `Resource` values that tasks may have
 * @throws AwsError `InvalidDefinition`, naming the state and the field
 */
export function parseDefinition(text: string, integrations: ReadonlySet<string>): Machine {
  let machine: Machine;
  try {
    machine = JSON.parse(text) as Machine;
  } catch (error) {
    throw refusal('the definition', `it is not JSON: ${(error as Error).message}`);
  }
  if (machine.QueryLanguage !== 'JSONata') {
    throw refusal('the definition', `QueryLanguage is ${machine.QueryLanguage ?? 'absent'}; this engine runs JSONata only`);
  }
  checkMachine(machine, 'the definition', integrations);
  return machine;
}

function checkMachine(machine: Machine, where: string, integrations: ReadonlySet<string>): void {
  if (typeof machine.States !== 'object' || machine.States === null) throw refusal(where, 'States is missing');
  const known = new Set(Object.keys(machine.States));
  const target = (name: unknown, at: string) => {
    if (typeof name !== 'string' || !known.has(name)) throw refusal(at, `it names the state ${JSON.stringify(name)}, which does not exist`);
  };
  target(machine.StartAt, `${where}, StartAt`);
  for (const [name, state] of Object.entries(machine.States)) checkState(state, `state ${name}`, target, integrations);
}

function checkState(state: State, where: string, target: (name: unknown, at: string) => void, integrations: ReadonlySet<string>): void {
  const allowed = FIELDS[state.Type] as readonly string[] | undefined;
  if (!allowed) throw refusal(`${where}, Type`, `${JSON.stringify(state.Type)} is not one of ${Object.keys(FIELDS).join(', ')}`);
  for (const field of Object.keys(state)) {
    if (!allowed.includes(field) && !ALWAYS.includes(field)) throw refusal(`${where}, ${field}`, `a ${state.Type} state of this engine has no such field`);
  }
  if ((state.QueryLanguage ?? 'JSONata') !== 'JSONata') throw refusal(`${where}, QueryLanguage`, 'this engine runs JSONata only');
  if (FLOWING.has(state.Type)) {
    const { Next, End } = state as { readonly Next?: string; readonly End?: boolean };
    if (End !== true) target(Next, `${where}, Next`);
  }
  if ('Catch' in state) state.Catch?.forEach(({ Next }, index) => target(Next, `${where}, Catch[${index}]`));
  for (const field of ['Retry', 'Catch'] as const) {
    checkErrorLists((state as Partial<Record<typeof field, readonly { readonly ErrorEquals: readonly string[] }[]>>)[field] ?? [], `${where}, ${field}`);
  }
  checkExpressions(state, where);
  if (state.Type === 'Task' && !integrations.has(state.Resource)) {
    throw refusal(`${where}, Resource`, `${state.Resource} is not one of ${[...integrations].join(', ')}`);
  }
  if (state.Type === 'Wait' && (state.Seconds === undefined) === (state.Timestamp === undefined)) {
    throw refusal(where, 'a Wait state has either Seconds or Timestamp');
  }
  if (state.Type === 'Choice') {
    state.Choices.forEach(({ Next }, index) => target(Next, `${where}, Choices[${index}]`));
    if (state.Default !== undefined) target(state.Default, `${where}, Default`);
  }
  if (state.Type === 'Parallel') state.Branches.forEach((branch, index) => checkMachine(branch, `${where}, Branches[${index}]`, integrations));
  if (state.Type === 'Map') {
    if (state.ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED') throw refusal(`${where}, ItemProcessor`, 'this engine runs inline maps only');
    checkMachine(state.ItemProcessor, `${where}, ItemProcessor`, integrations);
  }
}

function checkErrorLists(clauses: readonly { readonly ErrorEquals: readonly string[] }[], where: string): void {
  clauses.forEach(({ ErrorEquals }, index) => {
    if (!Array.isArray(ErrorEquals) || ErrorEquals.length === 0) throw refusal(`${where}[${index}]`, 'ErrorEquals is empty');
    if (ErrorEquals.includes('States.ALL') && (ErrorEquals.length > 1 || index < clauses.length - 1)) {
      throw refusal(`${where}[${index}]`, 'States.ALL must stand alone, in the last clause');
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

const refusal = (where: string, what: string): AwsError => new AwsError('InvalidDefinition', `Invalid State Machine Definition: in ${where}: ${what}.`);
