import type { Circuit } from '../../shared/outbound/circuit/circuit.ts';

/** A circuit as the API shows it. */
export const shownCircuit = (circuit: Circuit) => {
  const { state, since, counters } = circuit;
  const { succeeded, failed, rejected } = counters;
  return {
    state,
    ...(since > 0 ? { since: new Date(since).toISOString() } : {}),
    ...(circuit.state === 'open' ? { openUntil: new Date(circuit.until).toISOString() } : {}),
    calls: { total: succeeded + failed + rejected, succeeded, failed, rejected },
  };
};
