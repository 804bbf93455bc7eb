import * as z from 'zod';
import { awsJson } from '../edge/aws-json.ts';
import { readEnvironment } from '../edge/environment.ts';
import { faultOf, logFault } from '../edge/faults.ts';
import { logger } from '../edge/logger.ts';
import { emitMetric } from '../edge/metrics.ts';
import { CachedConfiguration, type ConfigurationObservers } from './cached-configuration.ts';
import type { Configuration } from './document.ts';
import type { Json } from './merged.ts';
import { CONFIGURATION_REFUSED, CONFIGURATION_UNAVAILABLE } from './metrics.ts';
import { overridesIn } from './overrides.ts';
import { CONFIGURATION_PARAMETER } from './parameter.ts';
import { SsmParameterVersions } from './parameter-versions.ts';
import type { ConfigurationSource } from './port.ts';

/** An operation that finds the configuration old waits no longer than this for a newer one. */
const TIMEOUT_MS = 1_000;

const environment = z.object({
  [CONFIGURATION_PARAMETER.variable]: z.string().min(1),
  [CONFIGURATION_PARAMETER.overridesVariable]: z.string().default('{}'),
});

const observers: ConfigurationObservers = {
  changed: ({ monitoring }, differences, version) => {
    logger.setLogLevel(monitoring.logLevel);
    logger.info('The configuration has changed.', { version, settings: differences.map(({ path }) => path) });
  },
  refused: (version, faults) => {
    emitMetric(CONFIGURATION_REFUSED, 1);
    logger.error('A version of the configuration is wrong; the last good one stays in force.', { version, faults });
  },
  unavailable: (error) => {
    emitMetric(CONFIGURATION_UNAVAILABLE, 1);
    logFault(faultOf(error), 'The configuration could not be read; the last good one stays in force.');
  },
};

let source: ConfigurationSource | undefined;

/** The one configuration of a function instance, from the parameter that its environment names. */
export const configurationSource = (): ConfigurationSource => (source ??= deployedSource());

/** As the parameter has it at this moment: for what has just heard of a change. */
export const newestConfiguration = (): Promise<Configuration> => deployedSource().current();

function deployedSource(): ConfigurationSource {
  const { name, overrides } = configurationEnvironment();
  const call = awsJson({ service: 'ssm', target: 'AmazonSSM', timeoutMs: TIMEOUT_MS });
  return new CachedConfiguration({
    versions: new SsmParameterVersions({ name, call }),
    observers,
    overrides,
    now: Date.now,
  });
}

/**
 * The name of the parameter, and the settings of the environment that win over it: none of them when one is wrong, since a wrong setting
 * must not stop every function.
 */
export function configurationEnvironment(): { readonly name: string; readonly overrides: Json } {
  const found = readEnvironment(environment);
  const name = found[CONFIGURATION_PARAMETER.variable];
  const overrides = overridesIn(found[CONFIGURATION_PARAMETER.overridesVariable]);
  if (overrides.ok) return { name, overrides: overrides.value };
  emitMetric(CONFIGURATION_REFUSED, 1);
  logger.error('The settings that the deployment overrides are wrong; functions go on without them.', {
    variable: CONFIGURATION_PARAMETER.overridesVariable,
    faults: overrides.refusal,
  });
  return { name, overrides: {} };
}
