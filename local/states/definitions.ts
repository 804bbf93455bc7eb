import type { Machine } from './definition.ts';
import { parseDefinition } from './validate.ts';

/** Parsed definitions, each parsed once. */
export class Definitions {
  readonly #resources: ReadonlySet<string>;
  readonly #parsed = new Map<string, Machine>();

  /** @param resources the `Resource` values that tasks may have */
  constructor(resources: readonly string[]) {
    this.#resources = new Set(resources);
  }

  /** @throws AwsError `InvalidDefinition` */
  parse(text: string): Machine {
    const known = this.#parsed.get(text);
    if (known) return known;
    const machine = parseDefinition(text, this.#resources);
    this.#parsed.set(text, machine);
    return machine;
  }
}
