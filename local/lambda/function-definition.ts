/** One function as the template describes it. */
export interface FunctionDefinition {
  readonly functionName: string;
  readonly arn: string;
  /** Absolute path of the bundle, an ES module. */
  readonly handlerFile: string;
  /** The export of `handlerFile` that is called, such as `handler`. */
  readonly handlerExport: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  /** At most this many invocations at once; one more is refused with `TooManyRequestsException`. */
  readonly reservedConcurrency?: number;
  /** A queue that gets the asynchronous events which the function could not process. */
  readonly deadLetterArn?: string;
  /** What else the template says, for those who ask. */
  readonly told?: { readonly runtime?: string; readonly handler?: string; readonly description?: string };
}
