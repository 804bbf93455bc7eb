import { ignored, type Made, type Resource, type ResourceTypes } from './resource.ts';
import type { Service } from './service.ts';

/** The resource types of all services, and which of those that are ignored a deployment has met. */
export class ResourceRegistry {
  readonly #types: ResourceTypes;
  readonly #met = new Set<string>();

  constructor(services: readonly Service[]) {
    this.#types = Object.assign({}, ...services.map(({ resources = {} }) => resources)) as ResourceTypes;
  }

  /** The types that this runtime makes. */
  get made(): string[] {
    return Object.keys(this.#types)
      .filter((type) => this.#types[type] !== ignored)
      .sort();
  }

  /** The types that this runtime leaves out. */
  get ignored(): string[] {
    return Object.keys(this.#types)
      .filter((type) => this.#types[type] === ignored)
      .sort();
  }

  /** Those of them that were to be made. */
  get leftOut(): string[] {
    return [...this.#met].sort();
  }

  /** @throws Error for a type that this runtime neither makes nor may ignore */
  async make(resource: Resource): Promise<Made> {
    const { type } = resource;
    const make = this.#types[type];
    if (make === undefined) {
      throw new Error(`This runtime does not have the type. It has ${this.made.join(', ')}.`);
    }
    if (make === ignored) this.#met.add(type);
    return make(resource);
  }
}
