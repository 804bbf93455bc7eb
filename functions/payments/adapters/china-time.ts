/** `2026-11-27T16:00:00`: the channels count in the time of China, and functions run in UTC. @param at milliseconds since the epoch */
export const chinaTime = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19);
