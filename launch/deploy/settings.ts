/** The values of the app's parameters that a deployment gives. */
import { createHash } from 'node:crypto';
import type { Stage } from '../../lib/stages/stage.ts';
import type { DeployedStack } from './preflight/account.ts';

/** A parameter of the app, as its template has it. */
export interface TemplateParameter {
  readonly Default?: string;
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
}

/** Values of parameters, by name. */
type Values = Stage['parameters'];

const LENGTH = 16;

/**
 * Another text whenever a parameter has another value than before: functions then get a version that knows it (`SettingsDigest`).
 * @param templateParameters those of the app
 * @param deployed the values that the environment has; none before its first deployment
 * @param given what the deployment sets
 */
export function settingsDigestOf(
  templateParameters: Readonly<Record<string, TemplateParameter>>,
  deployed: Values,
  given: Values,
): string {
  const values = Object.keys(templateParameters)
    .sort()
    .map((name) => [name, given[name] ?? deployed[name] ?? templateParameters[name]!.Default]);
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, LENGTH);
}

/**
 * The values that an environment has. Each stack has those that it uses; where an interrupted deployment has left them different, the one of functions and sagas
 * counts, which is among the first.
 * @param prefix what the names of the environment's stacks begin with
 */
export function deployedParameters(stacks: readonly DeployedStack[], prefix: string): Values {
  const last = (name: string) => (name === `${prefix}-Stateless` ? 1 : 0);
  const inOrder = [...stacks].sort((one, other) => last(one.name) - last(other.name));
  return Object.assign({}, ...inOrder.map(({ parameters }) => parameters)) as Values;
}

/**
 * What a deployment gives to every stack: a stack that begins to use a parameter would else take the default, where the others keep the value that they have.
 * @param templateParameters those of the app
 */
export const parametersFor = (
  templateParameters: Readonly<Record<string, TemplateParameter>>,
  deployed: Values,
  given: Values,
): Values => ({
  ...Object.fromEntries(Object.entries(deployed).filter(([name]) => Object.hasOwn(templateParameters, name))),
  ...given,
});
