import type { CheckResult, Instance } from '../../shared/outbound/instance.ts';

/** The instances of partners that calls are balanced over. */
export interface InstanceRegistry {
  /** In the order of their ids. */
  instancesOf(partner: string): Promise<readonly Instance[]>;
  /** @throws DuplicateInstance */
  register(partner: string, instance: Instance): Promise<void>;
  /** The instance is up. Resolves to it as it is then. @throws InstanceNotFound */
  heartbeat(partner: string, instanceId: string, heartbeat: Heartbeat): Promise<Instance>;
  /** Records a health check, unless the instance showed a sign of life after it was read, or is gone. @param instance as it was read */
  recordCheck(partner: string, instance: Instance, result: CheckResult): Promise<void>;
  /** Resolves to the instance as it was. @throws InstanceNotFound */
  deregister(partner: string, instanceId: string): Promise<Instance>;
}

export interface Heartbeat {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Requests in progress there. @default it does not say */
  readonly load?: number;
}

/** A partner of this deployment. */
export interface Partner {
  readonly name: string;
  /** The address that is called when no instance of the partner is up. */
  readonly fallbackUrl: string;
}

/** Asks an instance how it is. */
export interface HealthCheck {
  /** Resolves to how long the answer took, in milliseconds; to undefined when there was none, or a bad one. */
  latencyOf(partner: string, instance: Instance): Promise<number | undefined>;
}

/** The certificates that partners with mutual TLS know us by. */
export interface ClientCertificates {
  /** Resolves to when ours for the partner ends, in milliseconds since the epoch; to undefined when it asks for none. */
  endOf(partner: string): Promise<number | undefined>;
}

/** Is told what the health checks found. */
export interface PartnerMonitor {
  instancesChecked(partner: string, instances: readonly Instance[]): void;
  /** @param isEnding whether a person has to get another one by now */
  certificateChecked(partner: string, found: { readonly daysLeft: number; readonly isEnding: boolean }): void;
}
