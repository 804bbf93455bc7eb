import { AwsError } from '../contracts.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: unknown;
  readonly Resource?: string | readonly string[];
  readonly NotResource?: unknown;
  readonly Condition?: unknown;
}

export interface PolicyDocument {
  readonly Statement: Statement | readonly Statement[];
}

/** One thing that a caller wants to do. */
export interface Permission {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
}

interface Rule {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly RegExp[];
  readonly resources: readonly RegExp[];
}

/** The identity policies of the app's roles, as its templates grant them. What is not granted is denied, as on AWS. */
export class Policies {
  readonly #rules = new Map<string, Rule[]>();
  readonly #granted = new Map<string, boolean>();

  /** @throws Error for a statement that this runtime cannot judge: a policy must not seem to hold because it was not read */
  attach(roleName: string, { Statement: statements }: PolicyDocument): void {
    const rules = this.#rules.get(roleName) ?? [];
    for (const statement of [statements].flat() as Statement[]) {
      if (statement.NotAction !== undefined || statement.NotResource !== undefined || statement.Condition !== undefined) {
        throw new Error(`A policy of the role ${roleName} uses NotAction, NotResource or Condition, which this runtime cannot judge.`);
      }
      rules.push({
        effect: statement.Effect,
        actions: [statement.Action ?? []].flat().map((pattern) => wildcard(pattern, 'i')),
        resources: [statement.Resource ?? []].flat().map((pattern) => wildcard(pattern, '')),
      });
    }
    this.#rules.set(roleName, rules);
  }

  allows(roleArn: string, { action, resource }: Permission): boolean {
    const question = `${roleArn} ${action} ${resource}`;
    const known = this.#granted.get(question);
    if (known !== undefined) return known;
    const applying = (this.#rules.get(roleNameOf(roleArn)) ?? []).filter(({ actions, resources }) =>
      actions.some((pattern) => pattern.test(action)) && resources.some((pattern) => pattern.test(resource)));
    const granted = applying.some(({ effect }) => effect === 'Allow') && !applying.some(({ effect }) => effect === 'Deny');
    this.#granted.set(question, granted);
    return granted;
  }

  /** @throws AwsError `AccessDeniedException`, in AWS's words */
  require(roleArn: string, permission: Permission, session = 'local'): void {
    if (this.allows(roleArn, permission)) return;
    const user = `${roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`;
    throw new AwsError(
      'AccessDeniedException',
      `User: ${user} is not authorized to perform: ${permission.action} on resource: ${permission.resource} because no identity-based policy allows the ${permission.action} action`,
    );
  }
}

const roleNameOf = (roleArn: string): string => roleArn.slice(roleArn.lastIndexOf('/') + 1);

const wildcard = (pattern: string, flags: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`, flags);
