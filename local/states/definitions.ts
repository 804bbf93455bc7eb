import { innerMachines, type Machine } from './definition.ts';
import type { Integrations } from './integration.ts';
import type { MachineType } from './machines.ts';
import { taskResource } from './task-resource.ts';
import { DefinitionError, parseDefinition } from './validate.ts';

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
    const machine = this.parse(text);
    const waiting = type === 'EXPRESS' ? waitingTask(machine) : undefined;
    if (waiting === undefined) return;
    throw new DefinitionError(
      `state ${waiting}, Resource`,
      'tasks that wait for their token or for the end of what they start are for STANDARD state machines',
    );
  }
}

/** The name of a state that waits for more than the answer of its call. */
function waitingTask({ States }: Machine): string | undefined {
  for (const [name, state] of Object.entries(States)) {
    if (state.Type === 'Task' && taskResource(state.Resource).pattern !== 'response') return name;
    const found = innerMachines(state)
      .map(waitingTask)
      .find((waiting) => waiting !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}
