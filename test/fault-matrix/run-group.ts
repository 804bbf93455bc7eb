/** The cases of one situation and one method of payment, one after the other. */
import {
  type Combination,
  caseId,
  combinationsOf,
  GROUPS,
  type Group,
  groupName,
  impossible,
  impossibleGroup,
  methodOf,
  type RuleName,
} from './cases.ts';
import type { Mutant } from './mutants.ts';
import type { Place } from './places.ts';
import { type Observed, runCase, type Tries } from './run-case.ts';

export interface Tried {
  readonly id: string;
  readonly place: string;
  readonly fault: string;
  /** Empty when it has passed. */
  readonly problems: readonly string[];
  /** The events of the order when it has not. */
  readonly events: readonly string[];
}

export interface GroupOutcome {
  readonly group: string;
  readonly saga: string;
  readonly tried: readonly Tried[];
  /** How many combinations each rule excludes. */
  readonly impossible: Readonly<Partial<Record<RuleName, number>>>;
}

/** @param only parts of the ids of the cases to be tried; none means all */
export async function runGroup(group: Group, only: readonly string[]): Promise<GroupOutcome> {
  const { situation } = group;
  const combinations = combinationsOf(group);
  const excluded = new Map<RuleName, number>();
  const exclude = (rule: RuleName): void => void excluded.set(rule, (excluded.get(rule) ?? 0) + 1);
  const result = (tried: readonly Tried[]): GroupOutcome => ({
    group: groupName(group),
    saga: situation.saga.name,
    tried,
    impossible: Object.fromEntries(excluded),
  });
  const ofGroup = impossibleGroup(group);
  if (ofGroup !== undefined) {
    for (const _ of combinations) exclude(ofGroup);
    return result([]);
  }
  const isAsked = (one: Combination): boolean => only.length === 0 || only.every((part) => caseId(one).includes(part));
  if (!combinations.some(isAsked)) return result([]);

  const method = methodOf(group);
  const plain = await observe({ situation, method });
  const tried: Tried[] = [];
  if (plain.problems.length > 0) {
    tried.push(triedOf(`no-fault.${groupName(group)}`, situation.saga.name, 'none', plain));
  }
  for (const one of combinations.filter(isAsked)) {
    const rule = impossible(one, plain);
    if (rule !== undefined) exclude(rule);
    else {
      const { place, fault } = one;
      const tries = { situation, method, place, fault, visit: visitOf(place, plain) };
      tried.push(triedOf(caseId(one), place.state, fault, await observe(tries)));
    }
  }
  return result(tried);
}

/** A consumer is also told of what it has nothing to do with: what goes wrong is the first invocation that did something without the fault. */
const visitOf = ({ state, role }: Place, { effective }: Observed): number =>
  role === 'consumer' ? (effective.get(state) ?? 1) : 1;

const triedOf = (id: string, place: string, fault: string, { problems, stream }: Observed): Tried => ({
  id,
  place,
  fault,
  problems,
  events: problems.length === 0 ? [] : stream.map(({ type }) => type),
});

/** Whether one of the cases finds out that the saga is wrong. What is possible is asked of the right one. */
export async function isFound(mutant: Mutant): Promise<boolean> {
  const group = GROUPS.find((one) => groupName(one) === mutant.group);
  if (group === undefined) throw new RangeError(`The mutant "${mutant.name}" names no group: ${mutant.group}.`);
  const tries = { situation: group.situation, method: methodOf(group) };
  const plain = await observe(tries);
  if ((await observe({ ...tries, mutant })).problems.length > 0) return true;
  for (const one of combinationsOf(group)) {
    const { place, fault } = one;
    if (place.role === 'consumer' || impossible(one, plain) !== undefined) continue;
    if ((await observe({ ...tries, place, fault, mutant })).problems.length > 0) return true;
  }
  return false;
}

/** A case that ends with an error has failed. */
async function observe(tries: Tries): Promise<Observed> {
  try {
    return await runCase(tries);
  } catch (error) {
    const problems = [`It ended with ${(error as Error).stack ?? String(error)}`];
    return { problems, reached: [], askingPartners: [], effective: new Map(), stream: [] };
  }
}
