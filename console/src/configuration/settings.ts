/** A configuration as rows. */

export interface Setting {
  /** Such as `breaker.openSeconds`. */
  readonly path: string;
  /** As JSON. */
  readonly value: string;
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** Each setting of a document with its path, in the document's order. An empty document has none. */
export function settingsOf(document: unknown, above = ''): readonly Setting[] {
  if (isGroup(document)) {
    return Object.entries(document).flatMap(([name, value]) =>
      settingsOf(value, above === '' ? name : `${above}.${name}`),
    );
  }
  return above === '' ? [] : [{ path: above, value: shownValue(document) }];
}

/** A value as JSON; a dash for one that is not there. */
export const shownValue = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));

/** Who has set what is in force: the deployment wins over operators, and both over the defaults. */
export function originOf(path: string, overridden: ReadonlySet<string>, set: ReadonlySet<string>) {
  if (overridden.has(path)) return 'deployment' as const;
  return set.has(path) ? ('operators' as const) : ('default' as const);
}
