/** The Amazon States Language, JSONata dialect, as the engine runs it. */
import type { Json, JsonObject } from '../contracts.ts';

/** A JSON value in which strings of the form `{% … %}` are JSONata expressions. */
export type Template = Json;

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  /** Seconds before the first retry; 1 when absent. */
  readonly IntervalSeconds?: number;
  /** How often is tried again; 3 when absent. */
  readonly MaxAttempts?: number;
  /** 2 when absent. */
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly Output?: Template;
  readonly Assign?: JsonObject;
}

interface Common {
  readonly Comment?: string;
  readonly QueryLanguage?: string;
  readonly Output?: Template;
}

interface Flowing extends Common {
  readonly Next?: string;
  readonly End?: boolean;
  readonly Assign?: JsonObject;
}

interface Fallible extends Flowing {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface TaskState extends Fallible {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Arguments?: Template;
  /** The role in which the task is called, instead of the machine's own. */
  readonly Credentials?: { readonly RoleArn: string };
  /** Seconds, or an expression that gives them. */
  readonly TimeoutSeconds?: number | string;
  /** Seconds within which a task that waits for its token must show a sign of life. */
  readonly HeartbeatSeconds?: number | string;
}
export interface ParallelState extends Fallible {
  readonly Type: 'Parallel';
  readonly Arguments?: Template;
  readonly Branches: readonly Machine[];
}
export interface MapState extends Fallible {
  readonly Type: 'Map';
  /** The array; the state's input when absent. */
  readonly Items?: Template;
  readonly ItemSelector?: Template;
  readonly ItemProcessor: Machine & { readonly ProcessorConfig?: ProcessorConfig };
  /** How many items are worked on at once; 0 for all. */
  readonly MaxConcurrency?: number | string;
  /** How many items may fail, or how many in a hundred; none when both are absent. */
  readonly ToleratedFailureCount?: number | string;
  readonly ToleratedFailurePercentage?: number | string;
  /** What follows is for a distributed Map. */
  readonly Label?: string;
  readonly ItemReader?: ItemReader;
  readonly ItemBatcher?: ItemBatcher;
  readonly ResultWriter?: ResultWriter;
}

export interface ProcessorConfig {
  readonly Mode?: 'INLINE' | 'DISTRIBUTED';
  /** Of the executions that a distributed Map starts. */
  readonly ExecutionType?: 'STANDARD' | 'EXPRESS';
}

/** An object in S3 that has the items, or a part of a bucket whose objects are the items. */
export interface ItemReader {
  readonly Resource: string;
  readonly Arguments: Template;
  readonly ReaderConfig?: {
    readonly InputType?: 'JSON' | 'JSONL' | 'CSV';
    readonly CSVHeaderLocation?: 'FIRST_ROW' | 'GIVEN';
    readonly CSVHeaders?: readonly string[];
    readonly CSVDelimiter?: 'COMMA' | 'PIPE' | 'SEMICOLON' | 'SPACE' | 'TAB';
    /** How many items are read; 0 for all. */
    readonly MaxItems?: number | string;
    /** A JSON pointer to the list in a JSON object. */
    readonly ItemsPointer?: string;
  };
}

export interface ItemBatcher {
  readonly MaxItemsPerBatch?: number | string;
  readonly MaxInputBytesPerBatch?: number | string;
  readonly BatchInput?: Template;
}

/** Where the results go; without Resource they are the state's result. */
export interface ResultWriter {
  readonly Resource?: string;
  readonly Arguments?: Template;
  readonly WriterConfig?: {
    readonly Transformation?: 'NONE' | 'COMPACT' | 'FLATTEN';
    readonly OutputType?: 'JSON' | 'JSONL';
  };
}
export interface ChoiceState extends Common {
  readonly Type: 'Choice';
  readonly Choices: readonly {
    readonly Condition: string | boolean;
    readonly Next: string;
    readonly Output?: Template;
    readonly Assign?: JsonObject;
  }[];
  readonly Default?: string;
  readonly Assign?: JsonObject;
}
export interface WaitState extends Flowing {
  readonly Type: 'Wait';
  readonly Seconds?: number | string;
  readonly Timestamp?: string;
}
export interface PassState extends Flowing {
  readonly Type: 'Pass';
}
export interface SucceedState extends Common {
  readonly Type: 'Succeed';
}
export interface FailState {
  readonly Type: 'Fail';
  readonly Comment?: string;
  readonly QueryLanguage?: string;
  readonly Error?: string;
  readonly Cause?: string;
}

export type State =
  | TaskState
  | ParallelState
  | MapState
  | ChoiceState
  | WaitState
  | PassState
  | SucceedState
  | FailState;
export type FallibleState = TaskState | ParallelState | MapState;

/** A whole machine, or a branch of one. */
export interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly QueryLanguage?: string;
  /** Seconds for the whole execution; only on the top level. */
  readonly TimeoutSeconds?: number;
}

/** The machines inside a state. */
export const innerMachines = (state: State): readonly Machine[] =>
  state.Type === 'Parallel' ? state.Branches : state.Type === 'Map' ? [state.ItemProcessor] : [];

/** Whether a Map state has its items processed by executions of their own. */
export const isDistributed = ({ ItemProcessor }: MapState): boolean =>
  ItemProcessor.ProcessorConfig?.Mode === 'DISTRIBUTED';
