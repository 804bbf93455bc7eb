import { expect, test } from 'vitest';
import { type CircuitState, circuitAt } from '../../../../../functions/recovery/domain/circuit-state.ts';

const NOW = 1_000;
const halfOpen: CircuitState = { state: 'half-open', probes: 2 };

test.each<[string, CircuitState, CircuitState]>([
  ['whose time is over lets probes through', { state: 'open', until: NOW - 1, probes: 2 }, halfOpen],
  ['whose time ends now lets probes through', { state: 'open', until: NOW, probes: 2 }, halfOpen],
  ['stays open until then', { state: 'open', until: NOW + 1, probes: 2 }, { state: 'open', until: NOW + 1, probes: 2 }],
  ['that is half-open stays so', halfOpen, halfOpen],
  ['that is closed stays so', { state: 'closed' }, { state: 'closed' }],
])('A circuit %s', (_, circuit, expected) => {
  expect(circuitAt(circuit, NOW)).toEqual(expected);
});
