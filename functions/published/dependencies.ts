/** The kinds of what the platform depends on, in the order in which the health check names its dependencies. */
export const DEPENDENCY_KINDS = ['table', 'event-bus', 'state-machine', 'partner', 'token-issuer'] as const;

export type DependencyKind = (typeof DEPENDENCY_KINDS)[number];

/** The environment variable with the dependencies, as JSON: a list of `{name, kind, target}`. */
export const DEPENDENCIES_VARIABLE = 'DEPENDENCIES';
