import { accept, type Result, refuse } from '../../../functions/shared/kernel/result.ts';
import { type Circuit, NEW_CIRCUIT } from '../../../functions/shared/outbound/circuit/circuit.ts';
import type { Instance } from '../../../functions/shared/outbound/instance.ts';
import type { PartnerState, PartnerStore } from '../../../functions/shared/outbound/ports.ts';

/** The port in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryPartnerStore implements PartnerStore {
  readonly #partners = new Map<string, PartnerState>();
  /** How often a circuit was written. */
  writes = 0;
  reads = 0;
  /** Whether every request fails. */
  isAway = false;

  register(partner: string, ...instances: readonly Instance[]): void {
    const state = this.#of(partner);
    this.#partners.set(partner, { ...state, instances: [...state.instances, ...instances] });
  }

  async read(partner: string): Promise<PartnerState> {
    this.#reach();
    this.reads += 1;
    return this.#of(partner);
  }

  async replaceCircuit(
    partner: string,
    circuit: Circuit,
    version: number,
  ): Promise<Result<number, Pick<PartnerState, 'circuit' | 'version'>>> {
    this.#reach();
    this.writes += 1;
    const state = this.#of(partner);
    if (state.version !== version) return refuse({ circuit: state.circuit, version: state.version });
    this.#partners.set(partner, { ...state, circuit, version: version + 1 });
    return accept(version + 1);
  }

  #of(partner: string): PartnerState {
    return this.#partners.get(partner) ?? { circuit: NEW_CIRCUIT, version: 0, instances: [] };
  }

  #reach(): void {
    if (this.isAway) throw new Error('The store is away.');
  }
}
