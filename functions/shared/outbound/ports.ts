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
