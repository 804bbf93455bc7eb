/** Whether executions that run on a released definition can go on with what is deployed now. */

/** What a released definition needs, by the saga's name. */
export interface ReleasedDefinition {
  readonly release: string;
  readonly saga: string;
  /** The functions that its Tasks invoke, by the names of the states. */
  readonly functions: readonly string[];
  /** The errors that it retries or catches by name, without those of Step Functions and Lambda. */
  readonly errors: readonly string[];
  readonly publishes: boolean;
}

/** What is there now, by the saga's name. */
export interface DeployedMachine {
  /** The functions that there are and that the machine's role may invoke, by name. */
  readonly functions: ReadonlySet<string>;
  readonly mayPublish: boolean;
  /** Whether its versions outlive the next one. */
  readonly keepsVersions: boolean;
}

export interface DeployedSagas {
  readonly machines: ReadonlyMap<string, DeployedMachine>;
  /** The names of all errors that leave a function. */
  readonly errors: ReadonlySet<string>;
}

/** The executions that would be stranded, in words. */
export function strandedExecutions(
  released: readonly ReleasedDefinition[],
  { machines, errors }: DeployedSagas,
): readonly string[] {
  return released.flatMap((definition) => {
    const on = `Executions of ${definition.saga} on the definition of ${definition.release}`;
    const machine = machines.get(definition.saga);
    if (machine === undefined) return [`${on} end: the state machine is gone.`];
    return [
      ...definition.functions
        .filter((name) => !machine.functions.has(name))
        .map((name) => `${on} invoke ${name}, which is not there, or which the role of the machine may not invoke.`),
      ...definition.errors
        .filter((name) => !errors.has(name))
        .map((name) => `${on} retry or catch ${name}, which no function throws any more: keep the name of the error.`),
      ...(definition.publishes && !machine.mayPublish
        ? [`${on} put events on the bus, which the role of the machine may not do.`]
        : []),
      ...(machine.keepsVersions ? [] : [`${on} lose it: the versions of the machine are deleted with the next one.`]),
    ];
  });
}
