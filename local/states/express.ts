import type { ServiceContext } from '../contracts.ts';
import type { StartTarget } from './catalogue.ts';
import type { Definitions } from './definitions.ts';
import { type EngineParts, environmentOf, type StatesOptions } from './environment.ts';
import { Execution, type ExecutionLog } from './execution.ts';
import type { ExecutionRow } from './execution-row.ts';
import { checkInput, checkName } from './input.ts';
import type { Ending } from './journal.ts';

/** Seconds that an execution of an express state machine may take. */
const MAX_SECONDS = 300;
/** They are not journaled, and have no history to read. */
const NO_LOG: ExecutionLog = { commit: async () => {}, end: () => {}, lastEventId: () => 1, position: () => undefined };

export interface StartedExpress {
  readonly row: ExecutionRow;
  /** Undefined when the engine was stopped before. */
  readonly ended: Promise<Ending | undefined>;
}

/** Executions of express state machines: in memory only, so a stop of the engine ends them. */
export class ExpressExecutions {
  readonly #context: ServiceContext;
  readonly #options: StatesOptions;
  readonly #parts: EngineParts & { readonly definitions: Definitions };
  readonly #running = new Set<Execution>();

  constructor(
    context: ServiceContext,
    options: StatesOptions,
    parts: EngineParts & { readonly definitions: Definitions },
  ) {
    this.#context = context;
    this.#options = options;
    this.#parts = parts;
  }

  /** @throws AwsError `InvalidName`, `InvalidExecutionInput` */
  start(target: StartTarget, name: string | undefined, input: string): StartedExpress {
    const { clock, newId } = this.#context;
    const executionName = checkName(name ?? newId());
    checkInput(input);
    const { arn: machineArn, versionArn, aliasArn, definition, roleArn } = target;
    // The same name may run many times.
    const arn = `${machineArn.replace(':stateMachine:', ':express:')}:${executionName}:${newId()}`;
    const row: ExecutionRow = {
      ...{ arn, name: executionName, machineArn, versionArn, aliasArn, definition, roleArn, input },
      ...{ status: 'RUNNING', output: null, error: null, cause: null, startedAt: clock.now(), stoppedAt: null },
      ...{ standing: null, redriveCount: 0, redrivenAt: null, redriveTokens: null, restarts: 0 },
    };
    return { row, ended: this.#run(row) };
  }

  close(): void {
    for (const execution of this.#running) execution.suspend();
    this.#running.clear();
  }

  async #run(row: ExecutionRow): Promise<Ending | undefined> {
    const machine = this.#parts.definitions.parse(row.definition);
    let ended: Ending | undefined;
    const execution = new Execution({
      row,
      journal: NO_LOG,
      environment: environmentOf(this.#context, this.#options, this.#parts, row),
      onEnd: (ending) => {
        ended = ending;
      },
    });
    this.#running.add(execution);
    await execution.drive({ ...machine, TimeoutSeconds: Math.min(machine.TimeoutSeconds ?? MAX_SECONDS, MAX_SECONDS) });
    this.#running.delete(execution);
    return ended;
  }
}
