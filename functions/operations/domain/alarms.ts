export const ALARM_STATES = ['ok', 'alarm', 'unknown'] as const;
export type AlarmState = (typeof ALARM_STATES)[number];

export const SEVERITIES = ['critical', 'warning'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** An alarm as people are told of it. */
export interface Alarm {
  readonly name: string;
  readonly state: AlarmState;
  readonly severity: Severity;
  /** What has happened when it goes off, and whom it affects. */
  readonly description: string;
  /** Path of the document in the repository that says what to do. */
  readonly runbook: string;
  /** What the state follows from. */
  readonly reason: string;
  /** When it took its state; absent when it never had one. ISO 8601. */
  readonly since?: string;
}

/** The parts of an alarm's description: severity, what has happened, runbook. Undefined for an alarm that is not ours. */
export function readDescription(text: string): Pick<Alarm, 'severity' | 'description' | 'runbook'> | undefined {
  const parts = /^(critical|warning): (.*) Runbook: (\S+)$/.exec(text);
  if (parts === null) return undefined;
  const [, severity, description, runbook] = parts as unknown as [string, Severity, string, string];
  return { severity, description, runbook };
}

/** Those that have gone off first, the critical ones before the others, then the newest. */
export const byUrgency = (left: Alarm, right: Alarm): number =>
  Number(right.state === 'alarm') - Number(left.state === 'alarm') ||
  Number(right.severity === 'critical') - Number(left.severity === 'critical') ||
  (right.since ?? '').localeCompare(left.since ?? '') ||
  left.name.localeCompare(right.name);
