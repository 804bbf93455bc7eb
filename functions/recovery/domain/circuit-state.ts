/** The circuit of a partner, as far as waiting orders have to know it. */
export type CircuitState =
  | { readonly state: 'closed' }
  /** `until`: milliseconds since the epoch; half-open from then on. */
  | { readonly state: 'open'; readonly until: number; readonly probes: number }
  /** `probes`: calls that are let through at the same time. */
  | { readonly state: 'half-open'; readonly probes: number };

/** A circuit whose time is over lets probes through, although no call has noted that yet. */
export const circuitAt = (circuit: CircuitState, now: number): CircuitState =>
  circuit.state === 'open' && circuit.until <= now ? { state: 'half-open', probes: circuit.probes } : circuit;
