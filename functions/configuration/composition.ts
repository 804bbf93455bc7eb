import { configurationEnvironment } from '../shared/configuration/deployed.ts';
import { awsJson } from '../shared/edge/aws-json.ts';
import { SsmConfigurationVersions } from './adapters/ssm-configuration-versions.ts';
import type { ChangeDeps } from './application/change-configuration.ts';

/** An operator waits for it; Systems Manager takes some 50 ms. */
const TIMEOUT_MS = 3_000;

/** The stored versions, and the settings of the environment that win over them. */
export function storedConfiguration(): Pick<ChangeDeps, 'versions' | 'overrides'> {
  const { name, overrides } = configurationEnvironment();
  const call = awsJson({ service: 'ssm', target: 'AmazonSSM', timeoutMs: TIMEOUT_MS });
  return { versions: new SsmConfigurationVersions({ name, call }), overrides };
}
