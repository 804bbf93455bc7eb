import { settingsOfPartner } from '../../shared/configuration/partner-settings.ts';
import type { ConfigurationSource } from '../../shared/configuration/port.ts';
import { opennessOf } from '../../shared/outbound/circuit/circuit.ts';
import type { PartnerStore } from '../../shared/outbound/ports.ts';
import type { Circuits } from '../application/ports.ts';
import type { CircuitState } from '../domain/circuit-state.ts';
import { type AwaitedPartner, hasCircuit } from '../domain/waiting-step.ts';

export interface SharedCircuitsOptions {
  readonly store: Pick<PartnerStore, 'read'>;
  readonly configuration: ConfigurationSource;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The circuits that all callers of partners share. The platform's own services, customers and goods have none. */
export class SharedCircuits implements Circuits {
  readonly #options: SharedCircuitsOptions;

  constructor(options: SharedCircuitsOptions) {
    this.#options = options;
  }

  async find(partner: AwaitedPartner): Promise<CircuitState> {
    if (!hasCircuit(partner)) return { state: 'closed' };
    const { store, configuration, now } = this.#options;
    const [{ circuit }, settings] = await Promise.all([store.read(partner), configuration.current()]);
    const policy = settingsOfPartner(settings, partner).breaker;
    const openness = opennessOf(circuit, policy, now());
    switch (openness.lets) {
      case 'everything':
        return { state: 'closed' };
      case 'nothing':
        return { state: 'open', until: openness.until, probes: policy.probes };
      case 'probes':
        return { state: 'half-open', probes: openness.free };
    }
  }
}
