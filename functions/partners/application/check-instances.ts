import { afterAnswer, afterSilence, type Instance, type SilenceLimits } from '../../shared/outbound/instance.ts';
import type { HealthCheck, InstanceRegistry, PartnerMonitor } from './ports.ts';

export interface CheckInstancesDeps {
  readonly registry: InstanceRegistry;
  readonly health: HealthCheck;
  readonly monitor: PartnerMonitor;
  /** As they are configured at the moment. */
  readonly limits: () => Promise<SilenceLimits>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Asks every instance of a partner how it is, at once, and records the answers. */
export async function checkInstances(deps: CheckInstancesDeps, partner: string): Promise<void> {
  const [instances, limits] = await Promise.all([deps.registry.instancesOf(partner), deps.limits()]);
  const checked = await Promise.all(instances.map((instance) => checkInstance(deps, partner, instance, limits)));
  deps.monitor.instancesChecked(partner, checked);
}

async function checkInstance(
  { registry, health, now }: CheckInstancesDeps,
  partner: string,
  instance: Instance,
  limits: SilenceLimits,
): Promise<Instance> {
  const latencyMs = await health.latencyOf(partner, instance);
  const result = latencyMs === undefined ? afterSilence(instance, now(), limits) : afterAnswer(now(), latencyMs);
  await registry.recordCheck(partner, instance, result);
  return { ...instance, ...result };
}
