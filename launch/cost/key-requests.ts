/** How often functions ask KMS for the key of an environment that has one of its own. */
import type { CountedTemplate } from './idle-cost.ts';

/** DynamoDB and SQS remember a data key for five minutes, for each caller (AWS, "DynamoDB encryption at rest: usage notes"; SQS, "Key management"). */
const REMEMBERED_MINUTES = 5;

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/**
 * At most, in so many minutes: when every function runs in each five of them, and uses all that it may. Roles of functions have their statements
 * in policies of their own; the index of a table has the table's key.
 */
export function keyRequests(templates: readonly CountedTemplate[], minutes: number): number {
  const used = templates
    .flatMap(({ Resources }) => Object.values(Resources))
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) =>
      encryptedIn((Properties?.PolicyDocument as { readonly Statement: Statement[] }).Statement),
    );
  return used.reduce((sum, { size }) => sum + size, 0) * (minutes / REMEMBERED_MINUTES);
}

/** The tables and queues that statements allow to use. */
const encryptedIn = (statements: readonly Statement[]): ReadonlySet<string> =>
  new Set(
    statements
      .filter(({ Action }) => [Action].flat().some((action) => /^(dynamodb|sqs):/.test(action)))
      .flatMap(({ Resource }) => (Array.isArray(Resource) ? (Resource as unknown[]) : [Resource]))
      .map((resource) => JSON.stringify(resource))
      .filter((resource) => !resource.includes('/index/')),
  );
