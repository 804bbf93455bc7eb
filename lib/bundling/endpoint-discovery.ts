/**
 * Stands in for `@aws-sdk/middleware-endpoint-discovery` in the bundles. DynamoDB's client configures endpoint discovery and no command uses it: with
 * its cache and the command that it would send, it is eight kilobytes of every cold start.
 */
export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config;

const nothing = (): undefined => undefined;
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: nothing,
  configFileSelector: nothing,
  default: undefined,
};
