/** Settings as a person writes them on a command line: `breaker.openSeconds=45`. */

export type Settings = { readonly [name: string]: unknown };

/** Takes a setting out, so that it is the default again. */
const DEFAULT = 'default';

/** The settings after these assignments. @throws Error for one that is no assignment */
export const assigned = (settings: Settings, assignments: readonly string[]): Settings =>
  assignments.reduce((before, assignment) => {
    const match = /^([^=]+)=(.*)$/s.exec(assignment);
    if (match === null) throw new Error(`"${assignment}" is no assignment; expected <setting>=<value>.`);
    return withSetting(before, match[1]!.split('.'), match[2]!);
  }, settings);

function withSetting(settings: Settings, [name = '', ...rest]: readonly string[], value: string): Settings {
  if (rest.length > 0) return { ...settings, [name]: withSetting(groupOf(settings[name]), rest, value) };
  if (value !== DEFAULT) return { ...settings, [name]: valueOf(value) };
  const { [name]: _, ...others } = settings;
  return others;
}

const groupOf = (value: unknown): Settings => (typeof value === 'object' && value !== null ? (value as Settings) : {});

/** JSON, such as a number, null or an object; text that is no JSON stands for itself. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What a path such as `breaker.openSeconds` leads to. @throws Error when there is nothing */
export function settingAt(document: unknown, path: string): unknown {
  const found = path.split('.').reduce<unknown>((value, name) => groupOf(value)[name], document);
  if (found === undefined) throw new Error(`There is no setting ${path}.`);
  return found;
}
