import { ignored, type Made, type Resource, type ResourceTypes } from './resource.ts';
import type { Service } from './service.ts';

/** The resource types of all services. */
export class ResourceRegistry {
  /** The types that this runtime makes. */
  readonly made: readonly string[];
  /** The types that this runtime leaves out. */
  readonly ignored: readonly string[];
  /** Those of them that a template had. */
  readonly leftOut = new Set<string>();
  readonly #types: ResourceTypes;
  readonly #updates: ResourceTypes;

  constructor(services: readonly Service[]) {
    this.#types = Object.assign({}, ...services.map(({ resources = {} }) => resources)) as ResourceTypes;
    this.#updates = Object.assign({}, ...services.map(({ updates = {} }) => updates)) as ResourceTypes;
    const types = Object.keys(this.#types).sort();
    this.made = types.filter((type) => this.#types[type] !== ignored);
    this.ignored = types.filter((type) => this.#types[type] === ignored);
  }

  /** @throws Error for a type that this runtime neither makes nor may ignore */
  async make(resource: Resource): Promise<Made> {
    const { type } = resource;
    const make = this.#types[type];
    if (make === undefined) throw new Error(`This runtime does not have the type. It has ${this.made.join(', ')}.`);
    if (make === ignored) this.leftOut.add(type);
    return make(resource);
  }

  /** Whether a resource of the type can be changed, or be added, without a start. */
  canUpdate(type: string): boolean {
    return this.#types[type] === ignored || type in this.#updates;
  }

  /** Changes a resource, or adds one, of a type that can be changed. */
  async update(resource: Resource): Promise<Made> {
    return (this.#updates[resource.type] ?? ignored)(resource);
  }
}
