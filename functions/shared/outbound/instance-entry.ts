/** How the table of partners holds an instance: its id is in the sort key, everything else in attributes of the same names. */
import type { Instance } from './instance.ts';
import { INSTANCE_ENTRIES, PARTNER_TABLES } from './tables.ts';

const { partitionKey, sortKey } = PARTNER_TABLES.partners;

type Item = Readonly<Record<string, unknown>>;

export const instanceKey = (partner: string, instanceId: string) => ({
  [partitionKey]: partner,
  [sortKey]: `${INSTANCE_ENTRIES}${instanceId}`,
});

export function instanceItem(partner: string, { id, ...about }: Instance): Item {
  return { ...instanceKey(partner, id), ...about };
}

/** The instance that an entry holds. */
export function instanceIn({ [partitionKey]: _, [sortKey]: entry, ...about }: Item): Instance {
  return { ...(about as Omit<Instance, 'id'>), id: String(entry).slice(INSTANCE_ENTRIES.length) };
}

/** The instances among the entries of a partner. */
export const instancesIn = (entries: readonly Item[]): Instance[] =>
  entries.filter(({ [sortKey]: entry }) => String(entry).startsWith(INSTANCE_ENTRIES)).map(instanceIn);
