/** What a bill on AWS depends on that the runtime on one machine cannot meter. Each has its range, for the sensitivity of the bill. */
export interface Assumption {
  readonly value: number;
  readonly meaning: string;
  /** Values that are as likely elsewhere. */
  readonly range: readonly [number, number];
}

export const ASSUMPTIONS = {
  partnerSeconds: {
    value: 0.5,
    meaning: 'seconds that a function waits for one call to a partner; simulated ones answer in milliseconds',
    range: [0.3, 0.8],
  },
  waitingFactor: {
    value: 2,
    meaning: 'how many times longer functions wait for AWS’s services than for those on this machine',
    range: [1, 4],
  },
  processorFactor: {
    value: 1,
    meaning: 'processor time on a whole processor of Lambda, of that on this machine',
    range: [0.5, 2],
  },
  coldShare: {
    value: 0.01,
    meaning: 'share of invocations that start an environment',
    range: [0, 0.05],
  },
  coldSeconds: {
    value: 0.4,
    meaning: 'seconds that such a start is billed',
    range: [0.2, 1],
  },
  accessLogBytes: {
    value: 500,
    meaning: 'bytes of a line of the API’s access log',
    range: [300, 1_000],
  },
  webAcl: {
    value: 1,
    meaning: 'whether a web ACL looks at requests: 1 or 0',
    range: [0, 1],
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionName = keyof typeof ASSUMPTIONS;
export type Assumptions = Readonly<Record<AssumptionName, number>>;

export const assumed = (changes: Partial<Assumptions> = {}): Assumptions => ({
  ...(Object.fromEntries(Object.entries(ASSUMPTIONS).map(([name, { value }]) => [name, value])) as Assumptions),
  ...changes,
});
