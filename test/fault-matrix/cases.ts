/** Which combinations there are, and by which rule the others are impossible. */
import { PAYMENT_METHODS } from '../../functions/orders/domain/event-data.ts';
import { FAULT_NAMES, FAULTS, type FaultName } from './faults.ts';
import type { Method } from './methods/method.ts';
import { METHODS } from './methods/methods.ts';
import { nameOf, PLACES, type Place } from './places.ts';
import type { Observed } from './run-case.ts';
import { SITUATIONS, type Situation } from './situations.ts';

/** All cases of one situation and one method. What they have in common is found by running it without a fault. */
export interface Group {
  readonly situation: Situation;
  readonly methodType: (typeof PAYMENT_METHODS)[number];
}

export interface Combination extends Group {
  readonly place: Place;
  readonly fault: FaultName;
}

export const GROUPS: readonly Group[] = PAYMENT_METHODS.flatMap((methodType) =>
  SITUATIONS.map((situation) => ({ situation, methodType })),
);

export const groupName = ({ methodType, situation }: Group): string => `${methodType}.${situation.name}`;
export const caseId = (one: Combination): string => `${nameOf(one.place)}.${one.fault}.${groupName(one)}`;

/** Every Task of the saga of the situation, with every fault. */
export const combinationsOf = (group: Group): Combination[] =>
  PLACES.filter(({ saga }) => saga === group.situation.saga).flatMap((place) =>
    FAULT_NAMES.map((fault) => ({ ...group, place, fault })),
  );

export const RULES = {
  'no-such-customer': 'No customer who pays by this method can be in the situation.',
  'refunds-stand': 'No refund of this method fails after it was made.',
  'not-reached': 'The saga does not come to the Task in this situation: the same order without a fault did not.',
  'nothing-to-do':
    'The consumer has nothing to do in this situation: with the same order without a fault it did nothing.',
  'only-waits': 'The Task finds the platform in trouble in this situation; only the wait that follows is tried.',
  'asks-no-partner': 'The Task asks no partner for anything: the same order without a fault did not.',
  'before-payment':
    'The order of the situation never comes to its payment, and asks no partner: one method stands for all of them.',
  'partner-is-away':
    'The partner is away for longer than the hold lasts in this situation: no answer of it can be anything else.',
  'has-no-effect': 'The Task ends before it has an effect: the same order without a fault did.',
} as const;
export type RuleName = keyof typeof RULES;

/** Why the whole group is impossible. */
export function impossibleGroup({ methodType, situation }: Group): RuleName | undefined {
  const { paymentOf, refundsFailLater } = METHODS[methodType];
  if (paymentOf(situation.will) === undefined) return 'no-such-customer';
  return situation.refundFailsLater && !refundsFailLater ? 'refunds-stand' : undefined;
}

export const methodOf = ({ methodType }: Group): Method => METHODS[methodType];

/** @param plain what was observed of the situation without a fault */
export function impossible(
  { place, fault, situation, methodType }: Combination,
  plain: Observed,
): RuleName | undefined {
  if (!plain.reached.includes(place.state)) return 'not-reached';
  if (place.role === 'consumer' && !plain.effective.has(place.state)) return 'nothing-to-do';
  const isAlike = situation.beforePayment === true && plain.askingPartners.length === 0;
  if (isAlike && methodType !== PAYMENT_METHODS[0]) return 'before-payment';
  if (situation.awayAt !== undefined && place.role !== 'wait') return 'only-waits';
  if (FAULTS[fault].ofPartner && !plain.askingPartners.includes(place.state)) return 'asks-no-partner';
  const isAway = situation.moments?.some(({ before, happens }) => before === place.state && happens === 'hold expires');
  if (isAway && (FAULTS[fault].ofPartner || fault === 'crashes')) return 'partner-is-away';
  return fault === 'crashes' && !plain.effective.has(place.state) ? 'has-no-effect' : undefined;
}
