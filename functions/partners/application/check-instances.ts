import { afterAnswer, afterSilence, type Instance, type SilenceLimits } from '../../shared/outbound/instance.ts';
import type { HealthCheck, InstanceRegistry, PartnerMonitor } from './ports.ts';

export interface CheckInstancesDeps {
  readonly registry: InstanceRegistry;
  readonly health: HealthCheck;
  readonly monitor: PartnerMonitor;
  /** As they are configured at the moment. */
  readonly limits: SilenceLimits;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Asks every instance of a partner how it is, at once, and records the answers. */
export async function checkInstances(deps: CheckInstancesDeps, partner: string): Promise<void> {
  const instances = await deps.registry.instancesOf(partner);
  const checked = await Promise.all(instances.map((instance) => checkInstance(deps, partner, instance)));
  deps.monitor.instancesChecked(partner, checked);
}

async function checkInstance(
  { registry, health, limits, now }: CheckInstancesDeps,
  partner: string,
  instance: Instance,
): Promise<Instance> {
  const latencyMs = await health.latencyOf(instance);
  const result = latencyMs === undefined ? afterSilence(instance, now(), limits) : afterAnswer(now(), latencyMs);
  await registry.recordCheck(partner, instance, result);
  return { ...instance, ...result };
}
