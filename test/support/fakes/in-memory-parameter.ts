import type {
  ParameterVersion,
  ParameterVersions,
} from '../../../functions/shared/configuration/parameter-versions.ts';

/** A parameter that tests write, with the number of times that it was read. */
export class InMemoryParameter implements ParameterVersions {
  readonly #values: string[] = [];
  /** What every reading is refused with. */
  failure: Error | undefined;
  readings = 0;

  /** Adds a version with these settings. */
  set(settings: object): void {
    this.write(JSON.stringify({ settings }));
  }

  write(value: string): void {
    this.#values.push(value);
  }

  newest(): Promise<ParameterVersion | undefined> {
    return this.at(this.#values.length);
  }

  async at(version: number): Promise<ParameterVersion | undefined> {
    this.readings += 1;
    if (this.failure !== undefined) throw this.failure;
    const value = this.#values[version - 1];
    return value === undefined ? undefined : { version, value };
  }
}
