/**
 * The circuit breaker of one partner as a pure state machine. All function instances share one circuit; each brings to it the calls
 * that it has made since it last did. Moments are milliseconds since the epoch.
 * See docs/decisions/0067-one-circuit-for-all-function-instances.md.
 */
import type { Configuration } from '../../configuration/document.ts';

export type BreakerPolicy = Configuration['breaker'];

/** A call that a half-open circuit let through. */
export interface Probe {
  readonly callId: string;
  /** When its place is free again although it never reported back: the function that made the call has ended by then. */
  readonly until: number;
}

/** The calls since a failure, for the share of failures among them. */
export interface Window {
  readonly since: number;
  readonly calls: number;
  readonly failures: number;
}

interface Closed {
  readonly state: 'closed';
  readonly failuresInARow: number;
  /** Null while no failure is known that counts. */
  readonly window: Window | null;
}

interface Open {
  readonly state: 'open';
  /** No call goes through before. */
  readonly until: number;
}

/** A few calls at a time go through, to see whether the partner is back. */
interface HalfOpen {
  readonly state: 'half-open';
  readonly probes: readonly Probe[];
  readonly successes: number;
}

type Phase = Closed | Open | HalfOpen;

/** What the calls came to, as far as function instances have reported it; all calls are the sum. */
export interface Counters {
  readonly succeeded: number;
  readonly failed: number;
  /** Not sent, because the circuit was not closed. */
  readonly rejected: number;
}

export interface StateChange {
  readonly epoch: number;
  readonly state: Phase['state'];
  readonly at: number;
}

interface Common {
  /** Counts the changes of state: a call belongs to the epoch in which it was admitted. */
  readonly epoch: number;
  /** When the state changed last; 0 for a circuit that has always been closed. */
  readonly since: number;
  readonly counters: Counters;
  /** Changes of state that are not published yet, oldest first. */
  readonly unannounced: readonly StateChange[];
}

export type Circuit = Common & Phase;

export const NEW_CIRCUIT: Circuit = {
  state: 'closed',
  failuresInARow: 0,
  window: null,
  epoch: 0,
  since: 0,
  counters: { succeeded: 0, failed: 0, rejected: 0 },
  unannounced: [],
};

/** Longer than any function may run. */
const PROBE_LEASE_MS = 15_000;
/** A partner that comes and goes while nothing publishes loses its oldest changes. */
const MOST_UNANNOUNCED = 20;
/** Successes are reported so often while the share of failures is watched. */
const REPORTS_A_WINDOW = 10;

/** What a circuit lets through: everything, nothing before a moment, or so many calls. */
export type Openness =
  | { readonly lets: 'everything' }
  | { readonly lets: 'nothing'; readonly until: number }
  | { readonly lets: 'probes'; readonly free: number };

export function opennessOf(circuit: Circuit, policy: BreakerPolicy, now: number): Openness {
  switch (circuit.state) {
    case 'closed':
      return { lets: 'everything' };
    case 'open':
      return circuit.until > now ? { lets: 'nothing', until: circuit.until } : { lets: 'probes', free: policy.probes };
    case 'half-open':
      return { lets: 'probes', free: Math.max(0, policy.probes - underWay(circuit, now).length) };
  }
}

/**
 * The circuit after it has let a call through: the same one when it is closed, and one with the call among its probes otherwise.
 * Undefined when the call must not be sent.
 */
export function admit(circuit: Circuit, callId: string, policy: BreakerPolicy, now: number): Circuit | undefined {
  if (circuit.state === 'closed') return circuit;
  const openness = opennessOf(circuit, policy, now);
  if (openness.lets !== 'probes' || openness.free === 0) return undefined;
  const halfOpen: Common & HalfOpen =
    circuit.state === 'half-open' ? circuit : changed(circuit, { state: 'half-open', probes: [], successes: 0 }, now);
  return { ...halfOpen, probes: [...underWay(halfOpen, now), { callId, until: now + PROBE_LEASE_MS }] };
}

const underWay = ({ probes }: HalfOpen, now: number): readonly Probe[] => probes.filter(({ until }) => until > now);

export interface Call {
  readonly callId: string;
  readonly epoch: number;
  readonly outcome: 'succeeded' | 'failed';
}

/** Calls of a function instance that it did not report when they ended. */
export interface Unreported extends Counters {
  /** How many of those that succeeded did so in the window that began then. */
  readonly inWindow: { readonly since: number; readonly calls: number };
}

/**
 * Whether a call that has ended is to be reported now, and not together with a later one. A call of an earlier epoch says nothing
 * about the partner as it is now, and a success says nothing new while there are no failures.
 * @param lastReport when this function instance reported last
 */
export function isReportDue(
  circuit: Circuit,
  { epoch, outcome }: Call,
  policy: BreakerPolicy,
  now: number,
  lastReport: number,
): boolean {
  if (epoch !== circuit.epoch || circuit.state === 'open') return false;
  if (outcome === 'failed' || circuit.state === 'half-open' || circuit.failuresInARow > 0) return true;
  const window = liveWindow(circuit, policy, now);
  return window !== null && now - lastReport >= (policy.failureRate!.windowSeconds * 1_000) / REPORTS_A_WINDOW;
}

/**
 * The circuit after a call has ended. A call of an earlier epoch, and a probe whose place is free again, only count: what they say
 * of the partner is out of date.
 */
export function report(
  circuit: Circuit,
  call: Call,
  unreported: Unreported,
  policy: BreakerPolicy,
  now: number,
): Circuit {
  const counted = { ...circuit, counters: counters(circuit.counters, unreported, call) };
  if (call.epoch !== circuit.epoch) return counted;
  switch (counted.state) {
    case 'closed':
      return afterCall(counted, call, unreported, policy, now);
    case 'half-open':
      return counted.probes.some(({ callId }) => callId === call.callId)
        ? afterProbe(counted, call, policy, now)
        : counted;
    case 'open':
      return counted;
  }
}

const counters = (reported: Counters, unreported: Counters, { outcome }: Call): Counters => ({
  succeeded: reported.succeeded + unreported.succeeded + (outcome === 'succeeded' ? 1 : 0),
  failed: reported.failed + unreported.failed + (outcome === 'failed' ? 1 : 0),
  rejected: reported.rejected + unreported.rejected,
});

function afterCall(
  circuit: Common & Closed,
  { outcome }: Call,
  { inWindow }: Unreported,
  policy: BreakerPolicy,
  now: number,
): Circuit {
  const hasFailed = outcome === 'failed';
  const live = liveWindow(circuit, policy, now);
  const earlier = live?.since === inWindow.since ? inWindow.calls : 0;
  const window = live && { ...live, calls: live.calls + earlier + 1, failures: live.failures + (hasFailed ? 1 : 0) };
  if (!hasFailed) return { ...circuit, failuresInARow: 0, window };
  const failuresInARow = circuit.failuresInARow + 1;
  const next = window ?? (policy.failureRate && { since: now, calls: 1, failures: 1 });
  return failuresInARow >= policy.consecutiveFailures || isTooOften(next, policy)
    ? opened(circuit, policy, now)
    : { ...circuit, failuresInARow, window: next };
}

function afterProbe(circuit: Common & HalfOpen, call: Call, policy: BreakerPolicy, now: number): Circuit {
  if (call.outcome === 'failed') return opened(circuit, policy, now);
  const successes = circuit.successes + 1;
  return successes >= policy.successesToClose
    ? changed(circuit, { state: 'closed', failuresInARow: 0, window: null }, now)
    : { ...circuit, successes, probes: circuit.probes.filter(({ callId }) => callId !== call.callId) };
}

const opened = (circuit: Circuit, { openSeconds }: BreakerPolicy, now: number): Circuit =>
  changed(circuit, { state: 'open', until: now + openSeconds * 1_000 }, now);

/** The window while it counts: its time is not over, and failures are watched by their share. */
function liveWindow({ window }: Closed, { failureRate }: BreakerPolicy, now: number): Window | null {
  return window && failureRate && now < window.since + failureRate.windowSeconds * 1_000 ? window : null;
}

function isTooOften(window: Window | null, { failureRate }: BreakerPolicy): boolean {
  if (!window || !failureRate) return false;
  const { calls, failures } = window;
  return calls >= failureRate.minimumCalls && failures * 100 >= failureRate.percent * calls;
}

function changed<To extends Phase>(circuit: Circuit, phase: To, now: number): Common & To {
  const epoch = circuit.epoch + 1;
  return {
    ...phase,
    epoch,
    since: now,
    counters: circuit.counters,
    unannounced: [...circuit.unannounced, { epoch, state: phase.state, at: now }].slice(-MOST_UNANNOUNCED),
  };
}
