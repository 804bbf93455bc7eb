/** The parameter of Systems Manager that holds the configuration: what functions read and the infrastructure grants. */
export const CONFIGURATION_PARAMETER = {
  variable: 'CONFIGURATION_PARAMETER',
  /** Settings that win over those of the parameter, as JSON. */
  overridesVariable: 'CONFIGURATION_OVERRIDES',
} as const;
