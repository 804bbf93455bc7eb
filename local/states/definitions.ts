import { innerMachines, type Machine } from './definition.ts';
import type { MachineType } from './machines.ts';
import { DefinitionError, parseDefinition } from './validate.ts';

/** Parsed definitions, each parsed once. */
export class Definitions {
  readonly #resources: ReadonlySet<string>;
  readonly #parsed = new Map<string, Machine>();

  /** @param resources the `Resource` values that tasks may have */
  constructor(resources: readonly string[]) {
    this.#resources = new Set(resources);
  }

  /** @throws DefinitionError */
  parse(text: string): Machine {
    const known = this.#parsed.get(text);
    if (known) return known;
    const machine = parseDefinition(text, this.#resources);
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
      'tasks that wait for their token are for STANDARD state machines',
    );
  }
}

/** The name of a state that waits for its token. */
function waitingTask({ States }: Machine): string | undefined {
  for (const [name, state] of Object.entries(States)) {
    if (state.Type === 'Task' && state.Resource.endsWith('.waitForTaskToken')) return name;
    const found = innerMachines(state)
      .map(waitingTask)
      .find((waiting) => waiting !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}
