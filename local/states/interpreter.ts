import type { Clock, Json, JsonObject } from '../contracts.ts';
import { Halted, type Branch } from './branch.ts';
import type { FallibleState, Machine, State } from './definition.ts';
import { evaluate } from './expressions.ts';
import { TaskFailure } from './failure.ts';
import type { Position } from './journal.ts';
import { runMap } from './kinds/map.ts';
import { runParallel } from './kinds/parallel.ts';
import { runTask } from './kinds/task.ts';
import { choose, waitUntil } from './kinds/flow.ts';
import { recover } from './retry.ts';
import type { Surroundings } from './surroundings.ts';

/** Where a line of states goes after a state. */
type Step = { readonly next: string; readonly output: Json } | { readonly output: Json; readonly next?: undefined };

const MAX_PAYLOAD_BYTES = 256 * 1024;

/**
 * Runs a line of states to its end and resolves to its output.
 * @param from where to go on after a restart; the line starts at its beginning when absent
 * @throws TaskFailure when a state fails and nothing catches it; Halted when the execution was stopped
 */
export async function runLine(machine: Machine, input: Json, branch: Branch, around: Surroundings, from?: Position): Promise<Json> {
  let at: { state: string; input: Json; resume: Position | undefined } = from
    ? { state: from.state, input: from.input, resume: from }
    : { state: machine.StartAt, input, resume: undefined };
  for (;;) {
    const step = await runState(machine.States[at.state]!, at.state, at.input, branch, around, at.resume);
    if (step.next === undefined) return step.output;
    at = { state: step.next, input: step.output, resume: undefined };
  }
}

async function runState(state: State, name: string, input: Json, branch: Branch, around: Surroundings, resume: Position | undefined): Promise<Step> {
  const kind = state.Type;
  if (!resume) {
    around.countTransition();
    branch.record(`${kind}StateEntered`, { stateEnteredEventDetails: { name, input: JSON.stringify(input) } });
  }
  const enteredId = resume?.enteredId ?? branch.previousId;
  const bindings = (states: JsonObject) => branch.bindings(name, { input, ...states });
  const template = (value: Json, field: string, states: JsonObject = {}) => evaluate(value, bindings(states), `the field '${field}' of the state '${name}'`);
  const save = (attempts: readonly number[], resumeAt?: number) => branch.save?.({
    state: name, input, variables: branch.variables, attempts, enteredId, ...(resumeAt === undefined ? {} : { resumeAt }),
  });

  /** Assigns and outputs as the state, or the clause that was taken, says; both see the old variables. */
  const leave = async (rules: { readonly Assign?: JsonObject; readonly Output?: Json }, states: JsonObject, plainOutput: Json, next: string | undefined): Promise<Step> => {
    const assigned = rules.Assign ? ((await template(rules.Assign, 'Assign', states)) as JsonObject) : undefined;
    const output = rules.Output === undefined ? plainOutput : await template(rules.Output, 'Output', states);
    const text = JSON.stringify(output);
    if (Buffer.byteLength(text) > MAX_PAYLOAD_BYTES) {
      throw new TaskFailure('States.DataLimitExceeded', `The state '${name}' returned a result of more than ${MAX_PAYLOAD_BYTES} bytes.`);
    }
    if (assigned) branch.assign(assigned);
    const assignedVariables = assigned && Object.fromEntries(Object.entries(assigned).map(([variable, value]) => [variable, JSON.stringify(value)]));
    branch.record(`${kind}StateExited`, { stateExitedEventDetails: { name, output: text, ...(assignedVariables ? { assignedVariables } : {}) } });
    return next === undefined ? { output } : { output, next };
  };

  switch (state.Type) {
    case 'Pass':
      return leave(state, {}, input, state.Next);
    case 'Succeed':
      return leave(state, {}, input, undefined);
    case 'Fail': {
      const error = state.Error === undefined ? 'States.TaskFailed' : await template(state.Error, 'Error');
      const cause = state.Cause === undefined ? '' : await template(state.Cause, 'Cause');
      throw new TaskFailure(String(error), String(cause));
    }
    case 'Choice': {
      const chosen = await choose(state, name, (value, field) => template(value, field));
      return leave(chosen.rules, {}, input, chosen.next);
    }
    case 'Wait': {
      const until = resume?.resumeAt ?? await waitUntil(state, name, around.clock.now(), (value, field) => template(value, field));
      save([], until);
      await pause(until, branch, around.clock);
      return leave(state, {}, input, state.Next);
    }
    case 'Task':
    case 'Parallel':
    case 'Map':
      return runFallible(state, name, input, branch, around, resume, { template, save, leave });
  }
}

interface StateTools {
  readonly template: (value: Json, field: string, states?: JsonObject) => Promise<Json>;
  readonly save: (attempts: readonly number[], resumeAt?: number) => void;
  readonly leave: (rules: { readonly Assign?: JsonObject; readonly Output?: Json }, states: JsonObject, plainOutput: Json, next: string | undefined) => Promise<Step>;
}

/** Runs a state that has Retry and Catch, as often as they say. */
async function runFallible(state: FallibleState, name: string, input: Json, branch: Branch, around: Surroundings, resume: Position | undefined, tools: StateTools): Promise<Step> {
  let attempts: readonly number[] = resume?.attempts ?? [];
  if (resume?.resumeAt !== undefined) await pause(resume.resumeAt, branch, around.clock);
  for (;;) {
    try {
      const result = await attempt(state, name, input, branch, around, tools, attempts);
      return await tools.leave(state, { result }, result, state.Next);
    } catch (failure) {
      branch.check();
      if (!(failure instanceof TaskFailure)) throw failure;
      const recovery = recover(state, failure.error, attempts, around.random);
      if (recovery.kind === 'fail') throw failure;
      if (recovery.kind === 'catch') {
        const errorOutput = { Error: failure.error, Cause: failure.causeText };
        return tools.leave(recovery.catcher, { errorOutput }, errorOutput, recovery.catcher.Next);
      }
      ({ attempts } = recovery);
      around.countTransition();
      const resumeAt = around.clock.now() + recovery.delayMs;
      tools.save(attempts, resumeAt);
      await pause(resumeAt, branch, around.clock);
    }
  }
}

async function attempt(state: FallibleState, name: string, input: Json, branch: Branch, around: Surroundings, { template, save }: StateTools, attempts: readonly number[]): Promise<Json> {
  const runInner = (machine: Machine, innerInput: Json, line: Branch) => runLine(machine, innerInput, line, around);
  switch (state.Type) {
    case 'Task':
      return runTask(state, name, input, branch, around, template, () => save(attempts));
    case 'Parallel':
      save(attempts);
      return runParallel(state, state.Arguments === undefined ? input : await template(state.Arguments, 'Arguments'), branch, runInner);
    case 'Map':
      save(attempts);
      return runMap(state, name, input, branch, template, runInner);
  }
}

/** Waits until `atMs`. @throws Halted when the execution is stopped meanwhile */
export async function pause(atMs: number, branch: Branch, clock: Clock): Promise<void> {
  if (atMs > clock.now()) {
    await new Promise<void>((resolve, reject) => {
      const forget = branch.run.onHalt(() => {
        cancel();
        reject(new Halted());
      });
      const cancel = clock.at(atMs, () => {
        forget();
        resolve();
      });
    });
  }
  branch.check();
}
