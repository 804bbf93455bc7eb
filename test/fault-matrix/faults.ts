/** What can go wrong with the first invocation of a step, or with its first calls of a partner. */
export const FAULTS = {
  'throws-before': { title: 'throws before its effect', isDefect: true, ofPartner: false },
  'throws-after': { title: 'throws after its effect', isDefect: true, ofPartner: false },
  'times-out-before': { title: 'times out before its effect', isDefect: false, ofPartner: false },
  'times-out-after': { title: 'times out after its effect', isDefect: false, ofPartner: false },
  'answers-twice': { title: 'is invoked twice at once, and again later', isDefect: false, ofPartner: false },
  crashes: { title: 'crashes between its effect and the next call', isDefect: false, ofPartner: false },
  'is-throttled': { title: 'is throttled', isDefect: false, ofPartner: false },
  'partner-garbles': { title: 'gets garbage for an answer', isDefect: false, ofPartner: true },
  'partner-late': { title: 'reaches its partner after the customer has cancelled', isDefect: false, ofPartner: true },
  'partner-away': { title: 'finds its partner away for ten minutes', isDefect: false, ofPartner: true },
} as const satisfies Readonly<Record<string, Fault>>;

interface Fault {
  readonly title: string;
  /** A failure that no repetition is expected to mend, by its name: the saga undoes the step, or calls a person. */
  readonly isDefect: boolean;
  /** It concerns what the step asks of its partner. */
  readonly ofPartner: boolean;
}

export type FaultName = keyof typeof FAULTS;
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];
