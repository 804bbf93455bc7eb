import { AwsError, type Clock, type JsonObject } from '../contracts.ts';
import type { ParameterFiles } from './parameter-files.ts';
import type { ParameterStore, Version } from './parameter-store.ts';

export interface NewValue {
  readonly name: string;
  readonly value: string;
  readonly overwrite: boolean;
  readonly tier: string;
  readonly description: string;
}

/** Told of each change, with the detail of AWS's event about it. */
export type OnChange = (name: string, detail: JsonObject) => void;

export interface ParametersOptions {
  readonly store: ParameterStore;
  /** @default parameters have no files */
  readonly files?: ParameterFiles | undefined;
  readonly clock: Clock;
  readonly onChange: OnChange;
}

/** How often files are looked at. An edit counts when the file is found the same twice, so that no half-written one does. */
const LOOK_MS = 1_000;

/** Text parameters with their versions. Each has a file, which a person may edit: that makes the next version. */
export class Parameters {
  readonly #options: ParametersOptions;
  /** What files had in them that were found edited at the last look. */
  #edited = new Map<string, string | undefined>();
  #stopLooking = (): void => {};

  constructor(options: ParametersOptions) {
    this.#options = options;
  }

  /** @throws AwsError `ParameterNotFound` */
  newest(name: string): Version {
    const found = this.#options.store.newest(name);
    if (found === undefined) throw new AwsError('ParameterNotFound', '');
    return found;
  }

  /** @throws AwsError `ParameterNotFound`, `ParameterVersionNotFound` */
  at(name: string, version: number): Version {
    this.newest(name);
    const found = this.#options.store.at(name, version);
    if (found === undefined) {
      throw new AwsError('ParameterVersionNotFound', `Systems Manager could not find version ${version} of ${name}.`);
    }
    return found;
  }

  /** The versions after one, oldest first. @throws AwsError `ParameterNotFound` */
  history(name: string, after: number, limit: number): Version[] {
    this.newest(name);
    return this.#options.store.history(name, after, limit);
  }

  /** @throws AwsError `ParameterAlreadyExists` */
  put({ name, value, overwrite, tier, description }: NewValue): Version {
    const before = this.#options.store.newest(name);
    if (before !== undefined && !overwrite) {
      throw new AwsError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const added = this.#add({ name, value, tier, description, version: (before?.version ?? 0) + 1 }, false);
    this.#writeFile(added);
    return added;
  }

  /** @throws AwsError `ParameterNotFound` */
  delete(name: string): void {
    const { description } = this.newest(name);
    this.#options.files?.remove(name);
    this.#options.store.remove(name);
    this.#options.onChange(name, { operation: 'Delete', name, type: 'String', description });
  }

  /** Looks at the files from now on; the first time, a version that a kill kept from its file is written to it. */
  watchFiles(): void {
    const { store, files, clock } = this.#options;
    if (files === undefined) return;
    for (const name of store.names()) {
      const newest = this.newest(name);
      if (store.inFile(name) !== newest.version) this.#writeFile(newest);
    }
    const look = () => {
      this.#look(files);
      this.#stopLooking = clock.at(clock.now() + LOOK_MS, look);
    };
    look();
  }

  close(): void {
    this.#stopLooking();
  }

  #look(files: ParameterFiles): void {
    const { store } = this.#options;
    const edited = new Map<string, string | undefined>();
    for (const name of new Set([...store.names(), ...files.names()])) {
      const content = files.read(name);
      if (content === store.newest(name)?.value) continue;
      if (this.#edited.has(name) && this.#edited.get(name) === content) this.#take(name, content);
      else edited.set(name, content);
    }
    this.#edited = edited;
  }

  #take(name: string, content: string | undefined): void {
    if (content === undefined) return this.delete(name);
    const { version = 0, tier = 'Standard', description = '' } = this.#options.store.newest(name) ?? {};
    this.#add({ name, value: content, tier, description, version: version + 1 }, true);
  }

  #add(version: Omit<Version, 'at'>, fromFile: boolean): Version {
    const { store, clock, onChange } = this.#options;
    const added = { ...version, at: clock.now() };
    store.add(added, fromFile);
    const { name, description } = added;
    onChange(name, { operation: added.version === 1 ? 'Create' : 'Update', name, type: 'String', description });
    return added;
  }

  #writeFile({ name, version, value }: Version): void {
    const { store, files } = this.#options;
    if (files === undefined) return;
    files.write(name, value);
    store.noteFile(name, version);
  }
}
