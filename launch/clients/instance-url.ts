/** The instance that programs beside it talk to: the one at WAYBILL_URL, or on PORT of this machine. */
export const instanceUrl = (): string => process.env.WAYBILL_URL ?? `http://127.0.0.1:${process.env.PORT ?? '3000'}`;
