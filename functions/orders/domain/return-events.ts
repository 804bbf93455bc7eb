/** What the streams of orders record of goods that come back. */
import type { Event, Upcaster, Upcasters } from '../../shared/kernel/events.ts';
import type { Units } from '../../shared/kernel/units.ts';
import type { RejectedUnits, ReturnReason } from './event-data.ts';
import type { Commented, Owned } from './event-fields.ts';

export type ReturnRequested = Event<
  'ReturnRequested',
  Commented & {
    readonly returnId: string;
    readonly lines: readonly Units[];
    /** Absent when the customer has given none. */
    readonly reason?: ReturnReason;
    /** When the return expires if nothing of it has come: ISO 8601, UTC. @default never */
    readonly expectedUntil?: string;
    /** The part of each refund of it that the shop keeps, in hundredths of a percent, as its customer was told. @default nothing */
    readonly restockingFeeBasisPoints?: number;
  }
>;
/** Some or all units of a return were decided, of which a return may have several of these events. */
export type ReturnReceived = Event<
  'ReturnReceived',
  Owned & {
    readonly returnId: string;
    readonly accepted: readonly Units[];
    /** Those of the accepted units that cannot be sold again. @default none */
    readonly damaged?: readonly Units[];
    /** The same SKU several times when there are several reasons. */
    readonly rejected: readonly RejectedUnits[];
  }
>;
/** The units of a return that were not decided yet will not come. */
export type ReturnWithdrawn = Event<
  'ReturnWithdrawn',
  Owned & Commented & { readonly returnId: string; readonly lines: readonly Units[] }
>;
/** Nothing of a return has come in time: its units, which are all of it, are not waited for any more. */
export type ReturnExpired = Event<
  'ReturnExpired',
  Owned & { readonly returnId: string; readonly lines: readonly Units[] }
>;

export type ReturnEvent = ReturnRequested | ReturnReceived | ReturnWithdrawn | ReturnExpired;

/** Version 2 knows rejected units. Before it, a return was received whole. */
export const returnReceivedToV2: Upcaster = ({ lines, ...data }) => ({ ...data, accepted: lines, rejected: [] });

export const RETURN_UPCASTERS: Upcasters<ReturnEvent> = {
  ReturnRequested: [],
  ReturnReceived: [returnReceivedToV2],
  ReturnWithdrawn: [],
  ReturnExpired: [],
};

export const RETURN_MEANINGS: Readonly<Record<ReturnEvent['type'], string>> = {
  ReturnRequested: 'a return was requested',
  ReturnReceived: 'units of a return were accepted or rejected',
  ReturnWithdrawn: 'the rest of a return was withdrawn',
  ReturnExpired: 'nothing of a return has come in time',
};
