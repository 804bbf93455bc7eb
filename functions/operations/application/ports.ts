/** Something that Waybill stands on. */
export interface Dependency {
  /** As the answer of the health check names it, such as `payment-gateway`. */
  readonly name: string;
  /**
   * Resolves when the dependency does its work.
   * @throws Error whose message says what is wrong, in words that anyone may read: no addresses, no credentials
   */
  probe(signal: AbortSignal): Promise<void>;
}
