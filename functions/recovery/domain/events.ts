/** What recovery records in the stream of an order: that a step waits, and what becomes of a person's tasks. */
import type { Event, Upcasters } from '../../shared/kernel/events.ts';
import type { SagaStep, TaskKind, TaskResolution } from './event-data.ts';

/** Names the task that the event is about. */
interface OfTask {
  readonly taskId: string;
}

/** Says what the task is about to a reader that knows it by this event alone. */
interface OfSubject extends OfTask {
  readonly kind: TaskKind;
  /** The step that kept failing, for a compensation and a completion. */
  readonly step?: SagaStep;
  /** The refund that failed, for a refund. */
  readonly refundId?: string;
  /** The transfer that cannot go back, for a transfer. */
  readonly transferId?: string;
  /** The shipment that does not arrive, for a parcel. */
  readonly shipmentId?: string;
  /** The change of items that the step belongs to, if it belongs to one. */
  readonly changeId?: string;
}

/** `comment` is an operator's free text. */
interface Commented {
  readonly comment?: string;
}

/** A step waits until its partner is back; recorded once per step. */
export type StepDelayed = Event<
  'StepDelayed',
  {
    readonly step: SagaStep;
    /** `payment-gateway`, `alipay`, `wechat-pay`, `carrier`, `customer`, `goods`, or `platform` for the platform's own trouble. */
    readonly partner: string;
    readonly error: string;
    /** When the step is given up, or becomes a person's task: ISO 8601, UTC. */
    readonly until: string;
  }
>;

export type TaskOpened = Event<
  'TaskOpened',
  OfSubject & {
    readonly error?: string;
    /** ISO 8601, UTC. */
    readonly dueAt: string;
  }
>;
export type TaskClaimed = Event<'TaskClaimed', OfTask>;
export type TaskReleased = Event<'TaskReleased', OfTask>;
export type TaskEscalated = Event<'TaskEscalated', OfTask & Commented>;
/** A person has the platform try again; the task stays open until that succeeds. */
export type TaskResumed = Event<'TaskResumed', OfSubject & Commented>;
/** A person wants to write the task off; another one has to agree. */
export type WriteOffProposed = Event<'WriteOffProposed', OfTask & { readonly comment: string }>;
export type TaskResolved = Event<
  'TaskResolved',
  OfSubject &
    Commented & {
      readonly resolution: TaskResolution;
      /** What proves that it was done outside: a reference at the partner, a document. Personal data. */
      readonly evidence?: string;
    }
>;

export type RecoveryEvent =
  | StepDelayed
  | TaskOpened
  | TaskClaimed
  | TaskReleased
  | TaskEscalated
  | TaskResumed
  | WriteOffProposed
  | TaskResolved;

export const RECOVERY_UPCASTERS: Upcasters<RecoveryEvent> = {
  StepDelayed: [],
  TaskOpened: [],
  TaskClaimed: [],
  TaskReleased: [],
  TaskEscalated: [],
  TaskResumed: [],
  WriteOffProposed: [],
  TaskResolved: [],
};

/** Each event in a few words, for documents. */
export const RECOVERY_MEANINGS: Readonly<Record<RecoveryEvent['type'], string>> = {
  StepDelayed: 'a step waits until its partner is back',
  TaskOpened: 'a person has to do something; the task says what',
  TaskClaimed: 'an operator took the task',
  TaskReleased: 'the operator gave the task back',
  TaskEscalated: 'an operator passed the task on to a superior',
  TaskResumed: 'an operator had the platform try again',
  WriteOffProposed: 'an operator wants to write the task off; another one has to agree',
  TaskResolved: 'the task is done',
};
