import type { JsonObject, ServiceContext } from '../contracts.ts';
import { filledText } from '../properties.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Service } from '../service.ts';
import { type StatesApi, statesApi } from './api.ts';
import { Definitions } from './definitions.ts';
import { Executions, type StatesOptions } from './executions.ts';
import { Journal } from './journal.ts';
import { Machines, type Route } from './machines.ts';
import { type StateMachines, stateResources } from './resources.ts';
import { TaskTokens } from './task-tokens.ts';

/** Step Functions for standard workflows in JSONata. Executions are journaled: after a kill, `resume` goes on where they stood. */
export class StatesService implements Service, StateMachines {
  readonly name = 'states';
  readonly targets = ['AWSStepFunctions'];
  readonly meters = ['states.transitions'];
  readonly resources: ResourceTypes;
  readonly handle: StatesApi;
  readonly #context: ServiceContext;
  readonly #journal: Journal;
  readonly #machines: Machines;
  readonly #tokens: TaskTokens;
  readonly #definitions: Definitions;
  readonly #executions: Executions;

  constructor(context: ServiceContext, options: StatesOptions) {
    this.#context = context;
    this.#journal = new Journal(context.store);
    this.#machines = new Machines(context.store);
    this.#tokens = new TaskTokens(context.store, context.newId);
    this.#definitions = new Definitions(Object.keys(options.integrations));
    this.#executions = new Executions(context, options, {
      journal: this.#journal,
      tokens: this.#tokens,
      definitions: this.#definitions,
      machineExists: (arn) => this.#machines.has(arn),
    });
    this.resources = stateResources(this, context);
    this.handle = statesApi({
      executions: this.#executions,
      journal: this.#journal,
      machines: this.#machines,
      tokens: this.#tokens,
      random: options.random,
    });
  }

  /** @throws AwsError `InvalidDefinition` */
  createStateMachine({ name, arn, definition, roleArn }: Parameters<StateMachines['createStateMachine']>[0]): void {
    this.#definitions.parse(definition);
    this.#machines.put({ arn, name, definition, roleArn, createdAt: this.#context.clock.now() });
  }

  /** Freezes the machine's definition. Returns the version's ARN. */
  publishVersion(machineArn: string): string {
    return this.#machines.publish(machineArn);
  }

  defineAlias(arn: string, routes: readonly Route[]): void {
    this.#machines.putAlias(arn, routes);
  }

  /** A task is answered on its machine; a token that is not known is refused whatever the caller may do. */
  permissions(operation: string, { stateMachineArn, executionArn, taskToken }: JsonObject): Permission[] {
    const action = `states:${operation}`;
    if (typeof taskToken === 'string') {
      const execution = this.#journal.find(this.#tokens.executionOf(taskToken) ?? '');
      return execution ? [{ action, resource: execution.machineArn }] : [];
    }
    return [{ action, resource: filledText(stateMachineArn) ?? filledText(executionArn) ?? '*' }];
  }

  resume(): void {
    this.#executions.resume();
  }

  close(): void {
    this.#executions.close();
  }
}
