import { describe, expect, test } from 'vitest';
import {
  admit,
  type BreakerPolicy,
  type Call,
  type Circuit,
  NEW_CIRCUIT,
  opennessOf,
  report,
} from '../../../../../../functions/shared/outbound/circuit/circuit.ts';
import { NOTHING_UNREPORTED } from '../../../../../../functions/shared/outbound/circuit/unreported.ts';

const policy: BreakerPolicy = {
  consecutiveFailures: 3,
  failureRate: null,
  openSeconds: 30,
  probes: 2,
  successesToClose: 2,
};
const byRate: BreakerPolicy = {
  ...policy,
  consecutiveFailures: 100,
  failureRate: { percent: 50, minimumCalls: 10, windowSeconds: 60 },
};

/** One caller that sees every change at once. */
class Scene {
  circuit: Circuit = NEW_CIRCUIT;
  now = 1_000_000;
  readonly #policy: BreakerPolicy;
  #calls = 0;

  constructor(its: BreakerPolicy = policy) {
    this.#policy = its;
  }

  get state() {
    return this.circuit.state;
  }

  begin(): Omit<Call, 'outcome'> | undefined {
    const callId = `call-${(this.#calls += 1)}`;
    const admitted = admit(this.circuit, callId, this.#policy, this.now);
    if (!admitted) return undefined;
    this.circuit = admitted;
    return { callId, epoch: admitted.epoch };
  }

  end(call: Omit<Call, 'outcome'> | undefined, outcome: Call['outcome']) {
    if (!call) throw new Error('The call was not admitted.');
    this.circuit = report(this.circuit, { ...call, outcome }, NOTHING_UNREPORTED, this.#policy, this.now);
  }

  fail(times = 1) {
    for (let time = 0; time < times; time += 1) this.end(this.begin(), 'failed');
    return this;
  }

  succeed(times = 1) {
    for (let time = 0; time < times; time += 1) this.end(this.begin(), 'succeeded');
    return this;
  }

  pass(seconds: number) {
    this.now += seconds * 1_000;
    return this;
  }

  openness() {
    return opennessOf(this.circuit, this.#policy, this.now);
  }
}

describe('A closed circuit', () => {
  test('opens after so many failures in a row, and not before', () => {
    const scene = new Scene().fail(2);
    expect(scene.state).toBe('closed');
    expect(scene.fail().state).toBe('open');
    expect(scene.openness()).toEqual({ lets: 'nothing', until: scene.now + 30_000 });
  });

  test('forgets failures in a row at the first success', () => {
    expect(new Scene().fail(2).succeed().fail(2).state).toBe('closed');
    expect(new Scene().fail(2).succeed().fail(3).state).toBe('open');
  });

  test('opens when the share of failures in a window is too high, with successes between them', () => {
    const scene = new Scene(byRate);
    for (let round = 0; round < 4; round += 1) scene.fail().succeed();
    expect(scene.fail().state).toBe('closed');
    expect(scene.fail().state).toBe('open');
  });

  test('does not open by a share below the limit, nor by too few calls', () => {
    expect(new Scene(byRate).fail(9).state).toBe('closed');
    const scene = new Scene(byRate).fail();
    for (let round = 0; round < 20; round += 1) scene.succeed(2).fail();
    expect(scene.state).toBe('closed');
  });

  test('counts a share within one window only', () => {
    const scene = new Scene(byRate).fail(9).pass(60);
    expect(scene.fail(9).state).toBe('closed');
    expect(scene.fail().state).toBe('open');
  });

  test('lets every call through without being changed by it', () => {
    expect(admit(NEW_CIRCUIT, 'call-1', policy, 0)).toBe(NEW_CIRCUIT);
  });
});

describe('An open circuit', () => {
  test('lets no call through until its time is over, then so many probes at a time', () => {
    const scene = new Scene().fail(3).pass(29.999);
    expect(scene.begin()).toBeUndefined();
    scene.pass(0.001);
    expect(scene.openness()).toEqual({ lets: 'probes', free: 2 });
    expect(scene.begin()).toBeDefined();
    expect(scene.state).toBe('half-open');
    expect(scene.openness()).toEqual({ lets: 'probes', free: 1 });
    expect(scene.begin()).toBeDefined();
    expect(scene.begin()).toBeUndefined();
  });

  test('is not changed by calls that began while it was closed', () => {
    const scene = new Scene();
    const [late, later] = [scene.begin(), scene.begin()];
    scene.fail(3).pass(1);
    const { until } = scene.circuit as { readonly until: number };
    scene.end(late, 'failed');
    scene.end(later, 'succeeded');
    expect(scene.circuit).toMatchObject({ state: 'open', until, counters: { succeeded: 1, failed: 4 } });
  });
});

describe('A half-open circuit', () => {
  const halfOpen = () => new Scene().fail(3).pass(30);

  test('closes after so many successes, and forgets the failures', () => {
    const scene = halfOpen().succeed();
    expect(scene.state).toBe('half-open');
    expect(scene.succeed().state).toBe('closed');
    expect(scene.fail(2).state).toBe('closed');
  });

  test('opens again at the first failure, for the whole time', () => {
    const scene = halfOpen().succeed().fail();
    expect(scene.openness()).toEqual({ lets: 'nothing', until: scene.now + 30_000 });
  });

  test('gives the place of a probe that never reports back to another', () => {
    const scene = halfOpen();
    const lost = [scene.begin(), scene.begin()];
    expect(scene.pass(14.999).begin()).toBeUndefined();
    scene.pass(0.001);
    const [third, fourth] = [scene.begin(), scene.begin()];
    expect([third, fourth]).not.toContain(undefined);
    expect(scene.begin()).toBeUndefined();
    scene.end(lost[0], 'failed');
    expect(scene.state).toBe('half-open');
    scene.end(third, 'succeeded');
    scene.end(fourth, 'succeeded');
    expect(scene.state).toBe('closed');
  });

  test('is not closed by calls that began before it opened', () => {
    const scene = new Scene();
    const late = [scene.begin(), scene.begin()];
    scene.fail(3).pass(30);
    const probe = scene.begin();
    for (const call of late) scene.end(call, 'succeeded');
    expect(scene.state).toBe('half-open');
    scene.end(probe, 'failed');
    expect(scene.state).toBe('open');
  });

  test('is not opened by a probe of an earlier time', () => {
    const scene = halfOpen();
    const [slow, quick] = [scene.begin(), scene.begin()];
    scene.end(quick, 'failed');
    scene.pass(30).begin();
    scene.end(slow, 'failed');
    expect(scene.state).toBe('half-open');
  });
});

describe('Every circuit', () => {
  test('keeps its changes of state until they are published', () => {
    const scene = new Scene().fail(3).pass(30).succeed(2);
    expect(scene.circuit.unannounced.map(({ epoch, state }) => [epoch, state])).toEqual([
      [1, 'open'],
      [2, 'half-open'],
      [3, 'closed'],
    ]);
  });

  test('counts what function instances bring along', () => {
    const brought = { succeeded: 7, failed: 1, rejected: 2, inWindow: { since: 0, calls: 0 } };
    const call: Call = { callId: 'call-1', epoch: 0, outcome: 'failed' };
    expect(report(NEW_CIRCUIT, call, brought, policy, 0).counters).toEqual({ succeeded: 7, failed: 2, rejected: 2 });
  });
});
