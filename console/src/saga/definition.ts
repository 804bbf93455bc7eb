/** A saga's state machine, as far as its graph shows it. */
export interface SagaDefinition {
  readonly startAt: string;
  readonly states: readonly SagaState[];
}

export interface SagaState {
  readonly name: string;
  /** Whether it waits for a task token: for a partner, the customer, goods or a person. */
  readonly waits: boolean;
  /** Absent where the saga ends. */
  readonly next?: string;
  readonly caught: readonly { readonly errors: readonly string[]; readonly next: string }[];
}
