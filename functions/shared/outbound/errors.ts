import type { ErrorRows } from '../kernel/error-class.ts';
import { WaybillError } from '../kernel/errors.ts';

const REFUSED_BEFORE_SENDING = { layer: 'infrastructure', category: 'transient', strategy: 'wait' } as const;

/** The errors of the policies in front of every partner: what they refuse was not sent. */
export const OUTBOUND_ERRORS = {
  CircuitOpen: REFUSED_BEFORE_SENDING,
  PartnerBusy: REFUSED_BEFORE_SENDING,
  NoHealthyInstance: REFUSED_BEFORE_SENDING,
} as const satisfies ErrorRows;

/** The partner failed too often, and gets no calls until it may be back. This call was not sent; an earlier one may have been. */
export class CircuitOpen extends WaybillError {
  override readonly name = 'CircuitOpen';
  override readonly errorClass = OUTBOUND_ERRORS.CircuitOpen;

  constructor(partner: string) {
    super(`The circuit of ${partner} is open: it gets no calls for now.`, { data: { partner } });
  }
}

/** The partner gets as many calls as it is to get. This call was not sent; an earlier one may have been. */
export class PartnerBusy extends WaybillError {
  override readonly name = 'PartnerBusy';
  override readonly errorClass = OUTBOUND_ERRORS.PartnerBusy;

  constructor(partner: string) {
    super(`${partner} gets as many calls as it is to get.`, { data: { partner } });
  }
}

/**
 * No instance of the partner is up, or none took a connection from us. This call was not carried out and never will be; an earlier one
 * may have been.
 */
export class NoHealthyInstance extends WaybillError {
  override readonly name = 'NoHealthyInstance';
  override readonly errorClass = OUTBOUND_ERRORS.NoHealthyInstance;

  /** @param cause why the last instance that was tried took no connection */
  constructor(partner: string, cause?: unknown) {
    super(`No instance of ${partner} can be reached.`, { data: { partner }, cause });
  }
}
