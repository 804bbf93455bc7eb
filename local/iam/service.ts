import type { Location } from '../arn.ts';
import type { FunctionCredentials } from '../contracts.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Permission, Service } from '../service.ts';
import { Callers } from './callers.ts';
import { type Grant, type OnGrant, Policies } from './policies.ts';
import { iamResources } from './resources.ts';

export type { Grant, OnGrant };

/** IAM: knows callers by their keys, and judges what they may do by the policies of their roles. */
export class IamService implements Service {
  readonly name = 'iam';
  readonly resources: ResourceTypes;
  readonly #callers = new Callers();
  readonly #policies: Policies;

  constructor(location: Location, onGrant?: OnGrant) {
    this.#policies = new Policies(onGrant);
    this.resources = iamResources(this.#policies, location);
  }

  /** Gives a function a key of its own, with which it acts in its role. */
  addFunction(functionName: string, roleArn: string): void {
    this.#callers.register(functionName, roleArn);
  }

  /** What the roles of the app may do, and whether that has been needed since the start. */
  grants(): readonly (Grant & { readonly used: boolean })[] {
    return this.#policies.grants();
  }

  credentialsFor(functionName: string): FunctionCredentials {
    return this.#callers.credentialsFor(functionName);
  }

  /**
   * @param authorization the header of a request signed with Signature Version 4
   * @param needed asked only when the caller is one that may not do everything
   * @throws AwsError for an unknown caller, and `AccessDeniedException`
   */
  authoriseRequest(authorization: string | undefined, needed: () => readonly Permission[]): void {
    const caller = this.#callers.identify(authorization);
    if (caller.kind === 'operator') return;
    this.authoriseRole(caller.roleArn, caller.functionName, needed());
  }

  /** For what AWS does in the name of a function. @throws AwsError `AccessDeniedException` */
  authoriseFunction(functionArn: string, needed: readonly Permission[]): void {
    const { functionName, roleArn } = this.#callers.ofFunction(functionArn);
    this.authoriseRole(roleArn, functionName, needed);
  }

  /** @param session the name under which the role is used. @throws AwsError `AccessDeniedException` */
  authoriseRole(roleArn: string, session: string, needed: readonly Permission[]): void {
    for (const permission of needed) this.#policies.require(roleArn, permission, session);
  }
}
