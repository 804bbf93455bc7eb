import type { Heartbeat, InstanceRegistry } from '../../../functions/partners/application/ports.ts';
import { DuplicateInstance, InstanceNotFound } from '../../../functions/partners/domain/errors.ts';
import type { CheckResult, Instance } from '../../../functions/shared/outbound/instance.ts';

/** The port in memory; it passes the same contract suite as the one on DynamoDB. */
export class InMemoryInstanceRegistry implements InstanceRegistry {
  readonly #partners = new Map<string, Map<string, Instance>>();

  async instancesOf(partner: string): Promise<readonly Instance[]> {
    return [...this.#of(partner).values()].toSorted((one, other) => (one.id < other.id ? -1 : 1));
  }

  async register(partner: string, instance: Instance): Promise<void> {
    if (this.#of(partner).has(instance.id)) throw new DuplicateInstance(partner, instance.id);
    this.#of(partner).set(instance.id, instance);
  }

  async heartbeat(partner: string, instanceId: string, { at, load }: Heartbeat): Promise<Instance> {
    const { load: _, ...known } = this.#found(partner, instanceId);
    const alive: Instance = { ...known, status: 'up', lastHeartbeat: at, ...(load === undefined ? {} : { load }) };
    this.#of(partner).set(instanceId, alive);
    return alive;
  }

  async recordCheck(partner: string, { id, lastHeartbeat }: Instance, result: CheckResult): Promise<void> {
    const known = this.#of(partner).get(id);
    if (known?.lastHeartbeat === lastHeartbeat) this.#of(partner).set(id, { ...known, ...result });
  }

  async deregister(partner: string, instanceId: string): Promise<Instance> {
    const instance = this.#found(partner, instanceId);
    this.#of(partner).delete(instanceId);
    return instance;
  }

  #of(partner: string): Map<string, Instance> {
    const instances = this.#partners.get(partner) ?? new Map<string, Instance>();
    this.#partners.set(partner, instances);
    return instances;
  }

  #found(partner: string, instanceId: string): Instance {
    const instance = this.#of(partner).get(instanceId);
    if (!instance) throw new InstanceNotFound(partner, instanceId);
    return instance;
  }
}
