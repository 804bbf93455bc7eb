import type { Json, JsonObject } from '../contracts.ts';

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

function matchesAny(patterns: Json, value: string): boolean {
  return [patterns].flat().some((pattern) => typeof pattern === 'string' && wildcard(pattern).test(value));
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
