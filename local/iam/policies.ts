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

/** One action that a policy allows a role on one resource, both as the policy writes them. */
export interface Grant {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** Is told of each grant when it is made, and once more when it allows something for the first time. */
export type OnGrant = (event: 'granted' | 'used', grant: Grant) => void;

interface Rule extends Grant {
  readonly effect: 'Allow' | 'Deny';
  readonly names: (permission: Permission) => boolean;
}

/** The identity policies of the app's roles, as its templates grant them. What is not granted is denied, as on AWS. */
export class Policies {
  readonly #rules = new Map<string, Rule[]>();
  readonly #used = new Set<Rule>();
  readonly #onGrant: OnGrant;

  constructor(onGrant: OnGrant = () => {}) {
    this.#onGrant = onGrant;
  }

  /** @throws Error for a statement that this runtime cannot judge: a policy must not seem to hold because it was not read */
  attach(roleName: string, { Statement: statements }: PolicyDocument): void {
    const rules = [statements].flat().flatMap((statement) => rulesOf(statement, roleName));
    this.#rules.set(roleName, [...(this.#rules.get(roleName) ?? []), ...rules]);
    for (const rule of rules) if (!isDeny(rule)) this.#onGrant('granted', grantOf(rule));
  }

  /** Everything that is allowed, and whether that has been needed. */
  grants(): readonly (Grant & { readonly used: boolean })[] {
    return [...this.#rules.values()]
      .flat()
      .filter((rule) => !isDeny(rule))
      .map((rule) => ({ ...grantOf(rule), used: this.#used.has(rule) }));
  }

  allows(roleArn: string, permission: Permission): boolean {
    const rules = this.#rulesOn(roleArn, permission);
    if (rules.length === 0 || rules.some(isDeny)) return false;
    for (const rule of rules) this.#use(rule);
    return true;
  }

  /**
   * @param session the name under which the role is used: for a function, the function's
   * @throws AwsError `AccessDeniedException`, in AWS's words
   */
  require(roleArn: string, permission: Permission, session: string): void {
    if (this.allows(roleArn, permission)) return;
    const { action, resource } = permission;
    const user = `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`;
    const reason = this.#rulesOn(roleArn, permission).some(isDeny)
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
    throw new AwsError(
      'AccessDeniedException',
      `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
    );
  }

  #rulesOn(roleArn: string, permission: Permission): readonly Rule[] {
    const rules = this.#rules.get(roleArn.slice(roleArn.lastIndexOf('/') + 1)) ?? [];
    return rules.filter(({ names }) => names(permission));
  }

  #use(rule: Rule): void {
    if (this.#used.has(rule)) return;
    this.#used.add(rule);
    this.#onGrant('used', grantOf(rule));
  }
}

const isDeny = ({ effect }: Rule): boolean => effect === 'Deny';

const grantOf = ({ role, action, resource }: Rule): Grant => ({ role, action, resource });

function rulesOf(
  { Effect, Action = [], Resource = [], NotAction, NotResource, Condition }: Statement,
  role: string,
): readonly Rule[] {
  if (NotAction !== undefined || NotResource !== undefined || Condition !== undefined) {
    throw new Error(
      `A policy of the role ${role} uses NotAction, NotResource or Condition, which this runtime cannot judge.`,
    );
  }
  return [Action].flat().flatMap((action) =>
    [Resource].flat().map((resource) => {
      // Actions are the same in any case, resources are not.
      const [actions, resources] = [wildcard(action, 'i'), wildcard(resource)];
      const names: Rule['names'] = (permission) =>
        actions.test(permission.action) && resources.test(permission.resource);
      return { effect: Effect, role, action, resource, names };
    }),
  );
}
