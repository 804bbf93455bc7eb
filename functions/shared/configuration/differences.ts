import type { Configuration } from './document.ts';
import type { Json } from './merged.ts';

/** A setting that is not as it was. */
export interface Difference {
  /** Its path with dots, such as `breaker.openSeconds`. */
  readonly path: string;
  /** Absent when the setting was not there. */
  readonly from?: Json;
  /** Absent when the setting is no longer there. */
  readonly to?: Json;
}

/** The settings that are not the same in both, in the order of the document. */
export function differencesBetween(before: Configuration, after: Configuration): Difference[] {
  const [was, is] = [settingsIn(before as Json), settingsIn(after as Json)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => JSON.stringify(was.get(path)) !== JSON.stringify(is.get(path)))
    .map((path) => ({
      path,
      ...(was.has(path) ? { from: was.get(path)! } : {}),
      ...(is.has(path) ? { to: is.get(path)! } : {}),
    }));
}

/** The paths of the settings that take no effect, because the overrides have another value there. */
export function overriddenIn(settings: Json, overrides: Json): string[] {
  const winning = [...settingsIn(overrides)];
  const wins = (path: string, value: Json) =>
    winning.some(([over, its]) =>
      over === path ? JSON.stringify(its) !== JSON.stringify(value) : path.startsWith(`${over}.`),
    );
  return [...settingsIn(settings)].flatMap(([path, value]) => (wins(path, value) ? [path] : []));
}

/** Every setting by its path. */
export function settingsIn(document: Json, path = ''): Map<string, Json> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return new Map([[path, document]]);
  const parts = Object.entries(document).map(([key, value]) => settingsIn(value, path ? `${path}.${key}` : key));
  return new Map(parts.flatMap((part) => [...part]));
}
