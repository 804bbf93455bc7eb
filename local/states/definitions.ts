import type { Machine } from './definition.ts';
import type { Faults } from './definition-error.ts';
import type { Integrations } from './integration.ts';
import type { MachineType } from './machines.ts';
import { faultsIn, parseDefinition } from './validate.ts';

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

  /** @throws DefinitionError for the first thing that a machine of this type cannot run */
  check(text: string, type: MachineType): void {
    for (const fault of this.faultsIn(text, type)) throw fault;
  }

  /** All that is wrong in the definition of a machine of this type. */
  faultsIn(text: string, type: MachineType): Faults {
    return faultsIn(text, this.#integrations, type);
  }
}
