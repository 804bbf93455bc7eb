import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '../store.ts';
import { Aliases, routeOf } from './aliases.ts';
import { type MachineRow, Machines } from './machines.ts';
import { Versions } from './versions.ts';

/** What an execution starts with: a machine as it is now, or as a version froze it. */
export interface StartTarget extends MachineRow {
  readonly versionArn: string | null;
  readonly aliasArn: string | null;
}

/** State machines with their versions and aliases. */
export class Catalogue {
  readonly machines: Machines;
  readonly versions: Versions;
  readonly aliases: Aliases;
  readonly #store: DatabaseSync;

  constructor(store: DatabaseSync) {
    this.#store = store;
    this.machines = new Machines(store);
    this.versions = new Versions(store, this.machines);
    this.aliases = new Aliases(store);
  }

  /**
   * What to start for the ARN of a machine, a version or an alias.
   * @param random chooses among an alias's routes; gives numbers from 0 to below 1
   * @throws AwsError `StateMachineDoesNotExist`
   */
  target(arn: string, random: () => number): StartTarget {
    const alias = this.aliases.find(arn);
    if (alias) return { ...this.target(routeOf(alias, random()), random), aliasArn: arn };
    const version = this.versions.find(arn);
    if (!version) return { ...this.machines.require(arn), versionArn: null, aliasArn: null };
    const machine = this.machines.require(version.machineArn);
    const { definition, roleArn } = version;
    return { ...machine, definition, roleArn: roleArn ?? machine.roleArn, versionArn: arn, aliasArn: null };
  }

  /** Deletes a machine with its versions and aliases. */
  remove(machineArn: string): void {
    transaction(this.#store, () => {
      for (const { arn } of this.aliases.of(machineArn)) this.aliases.remove(arn);
      this.versions.removeAll(machineArn);
      this.machines.remove(machineArn);
    });
  }
}
