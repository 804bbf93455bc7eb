import type { TraceSpan } from './trace-span.ts';

/** Clocks of two machines differ by that much. */
const TOLERANCE_MS = 5;
const STARTS_A_SAGA = /^start-/;

/**
 * The spans of one trace with those of its sagas: an execution is part of what started it, and a step part of the state that it was done in. Logs alone cannot say
 * that, for sagas carry ids of orders only.
 */
export function assembled(ofLogs: readonly TraceSpan[], ofSagas: readonly TraceSpan[]): TraceSpan[] {
  const states = ofSagas.filter(({ parent }) => parent !== undefined);
  const executions = ofSagas.filter(({ parent }) => parent === undefined);
  const starters = ofLogs.filter(({ by, kind }) => kind === 'consumer' && STARTS_A_SAGA.test(by));
  return [
    ...ofLogs.map((span) => {
      const state = isStep(span) ? states.findLast((each) => contains(each, span)) : undefined;
      return state ? { ...span, parent: state.id } : span;
    }),
    ...executions.map((execution) => {
      const starter = starters.find((each) => contains(each, { startMs: execution.startMs, endMs: execution.startMs }));
      return starter ? { ...execution, parent: starter.id } : execution;
    }),
    ...states,
  ].sort((one, other) => one.startMs - other.startMs);
}

const isStep = ({ kind, attributes, by, name }: TraceSpan): boolean =>
  kind === 'internal' && attributes['faas.name'] === by && name === by;

const contains = (outer: Pick<TraceSpan, 'startMs' | 'endMs'>, inner: Pick<TraceSpan, 'startMs' | 'endMs'>): boolean =>
  outer.startMs - TOLERANCE_MS <= inner.startMs && inner.endMs <= outer.endMs + TOLERANCE_MS;
