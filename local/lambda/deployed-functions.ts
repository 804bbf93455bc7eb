import path from 'node:path';
import { AwsError, type ServiceContext } from '../contracts.ts';
import { LogFile } from '../log-file.ts';
import { present } from '../properties.ts';
import { environmentOf } from './environment.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { functionNameOf } from './function-name.ts';
import { IdleCpu } from './idle-cpu.ts';
import type { LambdaOptions } from './options.ts';
import { FunctionPool } from './pool.ts';
import { ingestedBytes } from './report.ts';
import { workersFromEnvironment } from './workers.ts';

export interface DeployedFunction {
  readonly definition: FunctionDefinition;
  readonly pool: FunctionPool;
  readonly log: LogFile;
}

/** The functions, each with its workers and its log. */
export class DeployedFunctions {
  readonly #context: ServiceContext;
  readonly #options: LambdaOptions;
  readonly #onLog: (text: string, requestId?: string) => void;
  readonly #hasIdleCpu: () => boolean;
  readonly #byName = new Map<string, DeployedFunction>();
  /** Pools of definitions that were replaced. */
  #retired: FunctionPool[] = [];

  /** @param onLog gets what functions write, beside their log files */
  constructor(context: ServiceContext, options: LambdaOptions, onLog: (text: string, requestId?: string) => void) {
    this.#context = context;
    this.#options = options;
    this.#onLog = onLog;
    const cpu = new IdleCpu();
    this.#hasIdleCpu = options.hasIdleCpu ?? (() => cpu.isIdle());
  }

  define(definition: FunctionDefinition): void {
    const { functionName } = definition;
    if (this.#byName.has(functionName)) throw new Error(`The function ${functionName} is defined twice.`);
    const log = new LogFile(path.join(this.#options.logDir, `${functionName}.log`), this.#context.warn);
    this.#byName.set(functionName, { definition, pool: this.#poolOf(definition, log), log });
  }

  /** From now on invocations run what the definition says; those under way, or waiting, end on the definition before. */
  replace(definition: FunctionDefinition): void {
    const known = this.#byName.get(definition.functionName);
    if (known === undefined) return this.define(definition);
    const { log, pool } = known;
    this.#byName.set(definition.functionName, { definition, pool: this.#poolOf(definition, log), log });
    pool.retire();
    this.#retired = [...this.#retired.filter(({ size }) => size > 0), pool];
  }

  /** @throws AwsError `ResourceNotFoundException` */
  find(nameOrArn: string): DeployedFunction {
    const found = this.#byName.get(nameOrArn) ?? this.#byName.get(functionNameOf(nameOrArn));
    if (found === undefined) throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
    return found;
  }

  /** Ends every worker at once; what was running or queued fails. */
  async close(): Promise<void> {
    const functions = [...this.#byName.values()];
    const pools = [...functions.map(({ pool }) => pool), ...this.#retired];
    await Promise.all(pools.map((pool) => pool.close()));
    await Promise.all(functions.map(({ log }) => log.close()));
  }

  #poolOf(definition: FunctionDefinition, log: LogFile): FunctionPool {
    const { endpointUrl, callEndpoint, shortcut, iam, workersPerFunction } = this.#options;
    const { region, clock, meter } = this.#context;
    return new FunctionPool(definition, {
      clock,
      softCap: workersPerFunction ?? workersFromEnvironment(),
      instanceEnvironment: () => ({
        env: environmentOf(definition, {
          region,
          endpointUrl,
          credentials: iam.credentialsFor(definition.functionName),
        }),
        endpoint: { url: endpointUrl, ...present({ answer: callEndpoint, shortcut: shortcut?.() }) },
      }),
      onLog: (text, requestId) => {
        log.append(text);
        meter.count('lambda.logBytes', definition.functionName, ingestedBytes(text));
        this.#onLog(text, requestId);
      },
      hasIdleCpu: this.#hasIdleCpu,
    });
  }
}
