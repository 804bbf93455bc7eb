import type { Grant } from '../../local/iam/service.ts';

export interface Recorded extends Grant {
  /** Whether it was what allowed something, on any platform that recorded it. */
  readonly used: boolean;
}

/**
 * The grants that platforms have recorded (`launch/platform/grant-record.ts`), each once. Roles and resources have the names of the templates, without what is
 * random in them: platforms give secrets names that differ.
 */
export function recordedIn(text: string): readonly Recorded[] {
  const byName = new Map<string, Recorded>();
  for (const line of text.split('\n').filter(Boolean)) {
    const [event, { role, action, resource }] = JSON.parse(line) as ['granted' | 'used', Grant];
    const grant = { role: readable(role), action, resource: readable(resource) };
    const name = nameOf(grant);
    const used = event === 'used' || (byName.get(name)?.used ?? false);
    byName.set(name, { ...grant, used });
  }
  return [...byName.values()];
}

export const nameOf = ({ role, action, resource }: Grant): string => `${role} ${action} ${resource}`;

/** `Waybill-Stateless-CreateOrderRoleF81005A6` is `CreateOrder`; `arn:aws:dynamodb:us-east-1:0:table/Waybill-Stateful-OrderLog9246BEFE` is `table/OrderLog`. */
const readable = (text: string): string =>
  text
    .replace(/^arn:(?:[^:]*:){4}/, '')
    .replace(/Waybill-\w+-(?=[A-Z])/, '')
    .replace(/-\w{6}$/, '')
    .replace(/(?:Role)?[0-9A-F]{8}(?=$|[:/])/, '');
