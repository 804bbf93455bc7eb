import { AwsError } from '../contracts.ts';

/** What AWS calls a kind of fault in a definition. */
export type FaultCode =
  | 'SCHEMA_VALIDATION_FAILED'
  | 'INVALID_JSON_DESCRIPTION'
  | 'MISSING_TRANSITION_TARGET'
  | 'MISSING_END_STATE'
  | 'DUPLICATE_STATE_NAME'
  | 'INVALID_STATE_NAME'
  | 'DUPLICATE_LABEL_NAME';

/** A place in a definition. */
export class Place {
  static readonly definition = new Place('the definition', '');
  /** Such as `state Pay, Retry[0], Next`. */
  readonly words: string;
  readonly #path: string;

  private constructor(words: string, path: string) {
    this.words = words;
    this.#path = path;
  }

  /** As AWS writes it, such as `/States/Pay/Retry[0]/Next`. */
  get location(): string {
    return this.#path || '/';
  }

  field(name: string): Place {
    return new Place(`${this.words}, ${name}`, `${this.#path}/${name}`);
  }

  element(index: number): Place {
    return new Place(`${this.words}[${index}]`, `${this.#path}[${index}]`);
  }

  /** A state of the machine that is here. */
  state(name: string): Place {
    return new Place(`state ${name}`, `${this.#path}/States/${name}`);
  }
}

/** What is wrong in a definition, and where. */
export class DefinitionError extends AwsError {
  readonly place: Place;
  readonly what: string;
  readonly fault: FaultCode;

  constructor(place: Place, what: string, fault: FaultCode = 'SCHEMA_VALIDATION_FAILED') {
    super('InvalidDefinition', `Invalid State Machine Definition: in ${place.words}: ${what}.`);
    this.place = place;
    this.what = what;
    this.fault = fault;
  }
}

/** All that is wrong, one fault after the other. */
export type Faults<Value = void> = Generator<DefinitionError, Value>;
