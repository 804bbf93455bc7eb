import type { BALANCING } from '../configuration/document.ts';
import type { Result } from '../kernel/result.ts';
import type { Circuit } from './circuit/circuit.ts';
import type { Instance } from './instance.ts';

/** What all function instances know together of a partner. */
export interface PartnerState {
  readonly circuit: Circuit;
  /** Counts the changes of the circuit, for `replaceCircuit`; 0 when nothing is stored yet. */
  readonly version: number;
  readonly instances: readonly Instance[];
}

/** The store of partners. */
export interface PartnerStore {
  /** Everything about a partner, with one request; a partner of which nothing is known has a new circuit and no instances. */
  read(partner: string): Promise<PartnerState>;
  /**
   * Puts a circuit in the place of the one with `version`. Resolves to the version that it has then; refused with the circuit that
   * another writer put there first.
   */
  replaceCircuit(
    partner: string,
    circuit: Circuit,
    version: number,
  ): Promise<Result<number, Pick<PartnerState, 'circuit' | 'version'>>>;
}

export type StrategyName = (typeof BALANCING)[number];

export interface Choice {
  /** As it is configured for the partner at the moment. */
  readonly strategy: StrategyName;
  /** Calls with the same one go to the same instance where the strategy keeps them together, such as an order's id. */
  readonly affinity: string;
  /** The ids of the instances that an earlier try of the same call did not reach. */
  readonly tried: ReadonlySet<string>;
}

/** How one try of a call went, for strategies that prefer quick and healthy instances. */
export interface Feedback {
  /** Whether the instance answered as it should; a refusal for a reason of the business is an answer. */
  readonly ok: boolean;
  readonly durationMs: number;
}

/** Shares the calls among a partner's instances. A function instance keeps one for each partner. */
export interface Balancing {
  /**
   * Where to send a call; undefined when no instance is up: it then goes to the partner's fallback address.
   * @param instances all that are registered
   */
  choose(instances: readonly Instance[], choice: Choice): Instance | undefined;
  /** Takes note of how the try went. Called once for each choice. */
  note(instance: Instance, feedback: Feedback): void;
}

/** The place of one call among those that are under way. */
export interface CallLease {
  readonly callId: string;
  /** When the place is free again although it was never given back, in milliseconds since the epoch. */
  readonly until: number;
}

/** The calls that are under way to each partner, of all function instances. */
export interface CallSlots {
  /** Takes a place for a call if fewer than `most` are taken. @returns whether it has one */
  take(partner: string, lease: CallLease, most: number): Promise<boolean>;
  giveBack(partner: string, lease: CallLease): Promise<void>;
}
