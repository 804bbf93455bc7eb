import { AwsError, type JsonObject } from '../../contracts.ts';
import type { IamService } from '../../iam/service.ts';
import type { Permission, Service } from '../../service.ts';
import type { TaskCaller } from '../integration.ts';

/** A service with operations that can be called by name. */
export type CallableService = Service & Required<Pick<Service, 'handle'>>;

/** Calls services as a state machine's role may. */
export class ServiceCalls {
  readonly #services: readonly Service[];
  readonly #iam: Pick<IamService, 'authoriseRole'>;

  /** @param services may still grow: they are looked up at each call */
  constructor(services: readonly Service[], iam: Pick<IamService, 'authoriseRole'>) {
    this.#services = services;
    this.#iam = iam;
  }

  find(name: string): CallableService | undefined {
    const service = this.#services.find((one) => one.name === name);
    return service?.handle === undefined ? undefined : (service as CallableService);
  }

  /** @throws AwsError as the service answers it, and `AccessDeniedException` */
  async call(name: string, operation: string, input: JsonObject, caller: TaskCaller): Promise<JsonObject> {
    const service = this.find(name);
    if (!service) throw new AwsError('UnknownOperationException', `The runtime has no service ${name}.`);
    this.authorise(
      service.permissions?.(operation, input) ?? [{ action: `${name}:${operation}`, resource: '*' }],
      caller,
    );
    return service.handle(operation, input);
  }

  /**
   * Whether the machine's own role allows it, or the role that it assumes, as it must be allowed to.
   * @throws AwsError `AccessDeniedException`
   */
  authorise(needed: readonly Permission[], { roleArn, assumedRoleArn, executionArn }: TaskCaller): void {
    const session = executionArn.split(':').at(-1)!;
    if (assumedRoleArn !== undefined) {
      this.#iam.authoriseRole(roleArn, session, [{ action: 'sts:AssumeRole', resource: assumedRoleArn }]);
    }
    this.#iam.authoriseRole(assumedRoleArn ?? roleArn, session, needed);
  }
}
