const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * The moment that `--since` names, in milliseconds since the epoch; without it, the beginning of time.
 * @throws Error when it is neither a duration nor a time
 */
export function sinceIn(text: string | undefined, now: number): number {
  if (text === undefined) return 0;
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const time = unit === undefined ? Date.parse(text) : now - Number(amount) * UNITS_MS[unit]!;
  if (!Number.isNaN(time)) return time;
  throw new Error(`--since is "${text}"; expected a duration such as 10m, or a time such as 2026-11-27T04:13:00Z.`);
}
