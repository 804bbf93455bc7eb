import type { ErrorRows } from '../../shared/kernel/error-class.ts';
import { WaybillError } from '../../shared/kernel/errors.ts';

/** Nothing was changed. */
const REFUSED = { layer: 'application', category: 'client', strategy: 'abandon' } as const;

/** The errors of registering instances of partners. */
export const PARTNER_ERRORS = {
  ServiceNotFound: REFUSED,
  DuplicateInstance: REFUSED,
  InstanceNotFound: REFUSED,
  InsecureInstance: REFUSED,
} as const satisfies ErrorRows;

/** There is no partner of this name. */
export class ServiceNotFound extends WaybillError {
  override readonly name = 'ServiceNotFound';
  override readonly errorClass = PARTNER_ERRORS.ServiceNotFound;

  constructor(partner: string) {
    super(`There is no partner ${partner}.`, { data: { partner } });
  }
}

/** The partner has an instance of this id already. */
export class DuplicateInstance extends WaybillError {
  override readonly name = 'DuplicateInstance';
  override readonly errorClass = PARTNER_ERRORS.DuplicateInstance;

  constructor(partner: string, instanceId: string) {
    super(`The partner ${partner} has an instance ${instanceId} already.`, { data: { partner, instanceId } });
  }
}

/** The partner has no instance of this id: it was never registered, or it was deregistered. */
export class InstanceNotFound extends WaybillError {
  override readonly name = 'InstanceNotFound';
  override readonly errorClass = PARTNER_ERRORS.InstanceNotFound;

  constructor(partner: string, instanceId: string) {
    super(`The partner ${partner} has no instance ${instanceId}.`, { data: { partner, instanceId } });
  }
}

/** The instance does not speak HTTPS: only on this machine it need not, and only if its partner's own address does not either. */
export class InsecureInstance extends WaybillError {
  override readonly name = 'InsecureInstance';
  override readonly errorClass = PARTNER_ERRORS.InsecureInstance;

  constructor(partner: string, instanceId: string) {
    super(
      `The instance ${instanceId} of ${partner} is not secure. Register it with "secure": true; plain HTTP is for 127.0.0.1, localhost and [::1], where the partner's own address has it too.`,
      {
        data: { partner, instanceId },
      },
    );
  }
}
