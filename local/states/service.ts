import type { JsonObject, ServiceContext } from '../contracts.ts';
import { Declared } from '../declared.ts';
import type { OperationsApi } from '../operations.ts';
import { filledText } from '../properties.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Receiver, Service } from '../service.ts';
import { Activities } from './activities.ts';
import type { Route } from './aliases.ts';
import { statesApi } from './api.ts';
import { Catalogue } from './catalogue.ts';
import { Definitions } from './definitions.ts';
import { environmentOf, type StatesOptions } from './environment.ts';
import { Executions } from './executions.ts';
import { ExpressExecutions } from './express.ts';
import { Journal } from './journal.ts';
import { type DeclaredMachine, type StateMachines, stateResources } from './resources.ts';
import { TaskTokens } from './task-tokens.ts';

/** Fields of requests that say what an operation is on. */
const RESOURCE_FIELDS = [
  'stateMachineArn',
  'stateMachineVersionArn',
  'stateMachineAliasArn',
  'executionArn',
  'mapRunArn',
  'resourceArn',
  'activityArn',
];

/** Step Functions for standard workflows in JSONata. Executions are journaled: after a kill, `resume` goes on where they stood. */
export class StatesService implements Service, StateMachines {
  readonly name = 'states';
  readonly targets = ['AWSStepFunctions'];
  readonly meters = ['states.transitions', 'states.executions'];
  readonly resources: ResourceTypes;
  readonly updates: ResourceTypes;
  readonly operations: OperationsApi['operations'];
  readonly handle: OperationsApi['handle'];
  readonly receiver: Receiver = {
    kind: 'a state machine',
    deliver: async (stateMachineArn, input) => void (await this.handle('StartExecution', { stateMachineArn, input })),
  };
  readonly #context: ServiceContext;
  readonly #journal: Journal;
  readonly #catalogue: Catalogue;
  readonly #declared: Declared;
  readonly #tokens: TaskTokens;
  readonly #activities: Activities;
  readonly #definitions: Definitions;
  readonly #executions: Executions;
  readonly #express: ExpressExecutions;

  constructor(context: ServiceContext, options: StatesOptions) {
    this.#context = context;
    this.#journal = new Journal(context.store);
    this.#catalogue = new Catalogue(context.store);
    this.#declared = new Declared(context.warn);
    this.#activities = new Activities(context.store, context.clock);
    const activityExists = (arn: string) => this.#activities.find(arn) !== undefined;
    this.#tokens = new TaskTokens(context.store, context.newId, activityExists);
    this.#definitions = new Definitions(options.integrations);
    this.#executions = new Executions(context, options, {
      journal: this.#journal,
      tokens: this.#tokens,
      activities: this.#activities,
      definitions: this.#definitions,
      machineExists: (arn) => this.#catalogue.machines.find(arn) !== undefined,
    });
    const shared = { tokens: this.#tokens, activities: this.#activities, nested: this.#executions };
    this.#express = new ExpressExecutions(context, options, { ...shared, definitions: this.#definitions });
    this.resources = stateResources(this, context);
    // Executions under way keep the definition that they began with.
    this.updates = this.resources;
    ({ operations: this.operations, handle: this.handle } = statesApi({
      executions: this.#executions,
      journal: this.#journal,
      catalogue: this.#catalogue,
      context,
      declared: this.#declared,
      definitions: this.#definitions,
      express: this.#express,
      tokens: this.#tokens,
      activities: this.#activities,
      random: options.random,
      environment: (roleArn) => environmentOf(context, options, shared, { machineArn: 'test', roleArn }),
    }));
  }

  /** @throws DefinitionError */
  createStateMachine({ type = 'STANDARD', ...machine }: DeclaredMachine): void {
    this.#definitions.check(machine.definition, type);
    const now = this.#context.clock.now();
    this.#catalogue.machines.put({ ...machine, type, settings: null, createdAt: now, updatedAt: now });
    this.#declared.add(machine.arn);
  }

  publishVersion(machineArn: string): string {
    const { arn } = this.#catalogue.versions.publish(machineArn, this.#context.clock.now());
    this.#declared.add(arn);
    return arn;
  }

  createActivity(arn: string, name: string): void {
    this.#activities.create(arn, name);
  }

  defineAlias(arn: string, routes: readonly Route[]): void {
    const now = this.#context.clock.now();
    this.#catalogue.aliases.put({ arn, routes, description: null, createdAt: now, updatedAt: now });
    this.#declared.add(arn);
  }

  /**
   * A task is answered on its machine; a token that is not known is refused whatever the caller may do. A caller that gives a machine or a tested state a
   * role must be allowed to pass it on: the states do what that role may.
   */
  permissions(operation: string, { taskToken, ...input }: JsonObject): Permission[] {
    const action = `states:${operation}`;
    if (typeof taskToken === 'string') {
      const execution = this.#journal.find(this.#tokens.executionOf(taskToken) ?? '');
      return execution ? [{ action, resource: execution.machineArn }] : [];
    }
    const resource = RESOURCE_FIELDS.map((field) => filledText(input[field])).find(Boolean) ?? '*';
    const roleArn = filledText(input.roleArn);
    return [{ action, resource }, ...(roleArn ? [{ action: 'iam:PassRole', resource: roleArn }] : [])];
  }

  resume(): void {
    this.#executions.resume();
  }

  close(): void {
    this.#activities.close();
    this.#executions.close();
    this.#express.close();
  }
}
