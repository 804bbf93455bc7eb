import { addressOf } from '../../shared/kernel/base-url.ts';
import { isSafeUrl } from '../../shared/kernel/safe-url.ts';
import type { Instance } from '../../shared/outbound/instance.ts';
import { InsecureInstance } from '../domain/errors.ts';
import type { InstanceRegistry, Partner } from './ports.ts';

export interface RegisterInstanceDeps {
  readonly registry: Pick<InstanceRegistry, 'register'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What a caller says about an instance. */
export type NewInstance = Pick<Instance, 'id' | 'host' | 'port' | 'secure' | 'metadata'>;

/**
 * Registers an instance. It gets no calls until it has shown a sign of life: a heartbeat, or an answered health check.
 * @throws DuplicateInstance, InsecureInstance
 */
export async function registerInstance(
  { registry, now }: RegisterInstanceDeps,
  { name: partner, fallbackUrl }: Partner,
  instance: NewInstance,
): Promise<Instance> {
  // Payments and addresses must not go over an open line because of one wrong registration.
  const isOpen = !instance.secure && fallbackUrl.startsWith('https:');
  if (isOpen || !isSafeUrl(addressOf(instance))) throw new InsecureInstance(partner, instance.id);
  const registered: Instance = { ...instance, status: 'unknown', lastHeartbeat: now() };
  await registry.register(partner, registered);
  return registered;
}
