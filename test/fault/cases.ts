/** What goes wrong, for how long, and in which time it is tried. */

/** How a partner fails. The last five take the connection; before the last three, the request is carried out or not. */
export const PARTNER_FAULTS = ['refuses', 'hangs', 'fails', 'garbles', 'loses-answers', 'slow'] as const;
export type PartnerFault = (typeof PARTNER_FAULTS)[number];

export const DATABASE_FAULTS = ['killed', 'hangs'] as const;
export type DatabaseFault = (typeof DATABASE_FAULTS)[number];

export type Outage =
  | { readonly target: 'gateway' | 'carrier' | 'partners'; readonly fault: PartnerFault }
  | { readonly target: 'database'; readonly fault: DatabaseFault };

export type Case = Outage & {
  readonly name: string;
  readonly seconds: number;
  /** The platform is killed with -9 and started again while the outage lasts, so many times. */
  readonly kills: number;
  /** Tried on a running platform, or with a clock that jumps. */
  readonly time: 'real' | 'virtual';
  /** Part of the short form. */
  readonly short: boolean;
};

const DURATIONS = [1, 10, 60, 600];
const LONGEST_REAL_SECONDS = 60;
const PARTNERS = ['gateway', 'carrier', 'partners'] as const;

const OUTAGES: readonly Outage[] = [
  ...PARTNERS.flatMap((target) => PARTNER_FAULTS.map((fault) => ({ target, fault }))),
  ...DATABASE_FAULTS.map((fault) => ({ target: 'database' as const, fault })),
];

/** What also runs before each change lands: some minutes. */
const SHORT = new Set([
  'virtual-gateway-hangs-600s-3-kills',
  'virtual-carrier-refuses-600s-3-kills',
  'virtual-partners-slow-600s-3-kills',
  'virtual-database-hangs-600s-3-kills',
  'real-gateway-refuses-10s-1-kill',
  'real-database-killed-10s',
]);

const casesIn = (time: Case['time'], durations: readonly number[], kills: readonly number[]): Case[] =>
  OUTAGES.flatMap((outage) =>
    durations.flatMap((seconds) =>
      kills.map((count) => {
        const killed = count === 0 ? '' : `-${count}-kill${count === 1 ? '' : 's'}`;
        const name = `${time}-${outage.target}-${outage.fault}-${seconds}s${killed}`;
        return { ...outage, name, seconds, kills: count, time, short: SHORT.has(name) };
      }),
    ),
  );

export const CASES: readonly Case[] = [
  ...casesIn('virtual', DURATIONS, [0, 3]),
  ...casesIn(
    'real',
    DURATIONS.filter((seconds) => seconds <= LONGEST_REAL_SECONDS),
    [0, 1],
  ),
];
