import { innerMachines, isDistributed, type Machine, type State } from './definition.ts';
import { DefinitionError } from './definition-error.ts';
import type { Integrations } from './integration.ts';
import type { MachineType } from './machines.ts';
import { taskResource } from './task-resource.ts';
import { parseDefinition } from './validate.ts';

/** Parsed definitions, each parsed once. */
export class Definitions {
  readonly #integrations: Integrations;
  readonly #parsed = new Map<string, Machine>();

  constructor(integrations: Integrations) {
    this.#integrations = integrations;
  }

  /** @throws DefinitionError */
  parse(text: string): Machine {
    const known = this.#parsed.get(text);
    if (known) return known;
    const machine = parseDefinition(text, this.#integrations);
    this.#parsed.set(text, machine);
    return machine;
  }

  /** @throws DefinitionError for what a machine of this type cannot run */
  check(text: string, type: MachineType): void {
    checkKinds(this.parse(text), type);
  }
}

/** Refuses states that executions of this type cannot have; a distributed Map starts executions of a type of its own. */
function checkKinds({ States }: Machine, type: MachineType): void {
  for (const [name, state] of Object.entries(States)) {
    if (type === 'EXPRESS') checkExpress(state, name);
    const inner =
      state.Type === 'Map' && isDistributed(state) ? state.ItemProcessor.ProcessorConfig!.ExecutionType! : type;
    for (const machine of innerMachines(state)) checkKinds(machine, inner);
  }
}

function checkExpress(state: State, name: string): void {
  if (state.Type === 'Task' && taskResource(state.Resource).pattern !== 'response') {
    throw new DefinitionError(
      `state ${name}, Resource`,
      'tasks that wait for their token or for the end of what they start are for STANDARD state machines',
    );
  }
  if (state.Type === 'Map' && isDistributed(state)) {
    throw new DefinitionError(`state ${name}, ItemProcessor`, 'a distributed Map is for STANDARD state machines');
  }
}
