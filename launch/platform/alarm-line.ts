/** One line for each alarm that goes off, and for its end, for the person who watches `npm start`. */

/** What a topic was told. */
export interface Notification {
  readonly message: string;
}

interface StateChange {
  readonly AlarmName?: string;
  readonly AlarmDescription?: string;
  readonly NewStateValue?: string;
  readonly OldStateValue?: string;
  readonly StateChangeTime?: string;
}

/** Returns undefined for what is no alarm, and for alarms that were evaluated for the first time and are well. */
export function alarmLine({ message }: Notification): string | undefined {
  const { AlarmName, AlarmDescription = '', NewStateValue, OldStateValue, StateChangeTime = '' } = read(message);
  if (AlarmName === undefined) return undefined;
  const clock = StateChangeTime.slice(11, 19);
  if (NewStateValue === 'ALARM') return `${clock}  ⚠ ALARM  ${AlarmName}: ${AlarmDescription}`;
  if (OldStateValue === 'ALARM') return `${clock}  ✓ alarm is over  ${AlarmName}`;
  return undefined;
}

function read(message: string): StateChange {
  try {
    return JSON.parse(message) as StateChange;
  } catch {
    return {};
  }
}
