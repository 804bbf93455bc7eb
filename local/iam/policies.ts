import { AwsError } from '../contracts.ts';
import type { Permission } from '../service.ts';
import { wildcard } from '../wildcard.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  /** What this runtime cannot judge. */
  readonly NotAction?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

export interface PolicyDocument {
  readonly Statement: Statement | readonly Statement[];
}

interface Rule {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly RegExp[];
  readonly resources: readonly RegExp[];
}

/** The identity policies of the app's roles, as its templates grant them. What is not granted is denied, as on AWS. */
export class Policies {
  readonly #rules = new Map<string, Rule[]>();

  /** @throws Error for a statement that this runtime cannot judge: a policy must not seem to hold because it was not read */
  attach(roleName: string, { Statement: statements }: PolicyDocument): void {
    const rules = [statements].flat().map((statement) => ruleOf(statement, roleName));
    this.#rules.set(roleName, [...(this.#rules.get(roleName) ?? []), ...rules]);
  }

  allows(roleArn: string, permission: Permission): boolean {
    const effects = this.#effectsOn(roleArn, permission);
    return effects.includes('Allow') && !effects.includes('Deny');
  }

  /**
   * @param session the name under which the role is used: for a function, the function's
   * @throws AwsError `AccessDeniedException`, in AWS's words
   */
  require(roleArn: string, permission: Permission, session: string): void {
    if (this.allows(roleArn, permission)) return;
    const { action, resource } = permission;
    const user = `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`;
    const reason = this.#effectsOn(roleArn, permission).includes('Deny')
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
    throw new AwsError(
      'AccessDeniedException',
      `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
    );
  }

  #effectsOn(roleArn: string, { action, resource }: Permission): string[] {
    const rules = this.#rules.get(roleArn.slice(roleArn.lastIndexOf('/') + 1)) ?? [];
    return rules
      .filter(
        ({ actions, resources }) =>
          actions.some((pattern) => pattern.test(action)) && resources.some((pattern) => pattern.test(resource)),
      )
      .map(({ effect }) => effect);
  }
}

function ruleOf(
  { Effect, Action = [], Resource = [], NotAction, NotResource, Condition }: Statement,
  roleName: string,
): Rule {
  if (NotAction !== undefined || NotResource !== undefined || Condition !== undefined) {
    throw new Error(
      `A policy of the role ${roleName} uses NotAction, NotResource or Condition, which this runtime cannot judge.`,
    );
  }
  return {
    effect: Effect,
    // Actions are the same in any case, resources are not.
    actions: [Action].flat().map((pattern) => wildcard(pattern, 'i')),
    resources: [Resource].flat().map((pattern) => wildcard(pattern)),
  };
}
