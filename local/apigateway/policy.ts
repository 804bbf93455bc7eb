import type { Json, JsonObject } from '../contracts.ts';
import { wildcard } from '../wildcard.ts';

export type Decision = 'allowed' | 'denied' | 'not-mentioned';

interface Statement {
  readonly Effect: string;
  readonly Action: Json;
  readonly Resource: Json;
}

/** What the policy of an authoriser says about one method of one API. A denial outweighs any permission. */
export function decide(policy: JsonObject, methodArn: string): Decision {
  const statements = [policy['Statement'] ?? []].flat() as unknown as Statement[];
  const effects = statements
    .filter(({ Action, Resource }) => matchesAny(Action, 'execute-api:Invoke') && matchesAny(Resource, methodArn))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'denied';
  return effects.includes('Allow') ? 'allowed' : 'not-mentioned';
}

const matchesAny = (patterns: Json, value: string): boolean =>
  [patterns].flat().some((pattern) => typeof pattern === 'string' && wildcard(pattern).test(value));
