/** What operators can see of parcels that move although they should not. */
export interface ShipmentMonitor {
  /** The carrier tells of a parcel of an order that has none to send. */
  unexpected(orderId: string, status: string): void;
}
