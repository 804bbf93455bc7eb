import { createHash } from 'node:crypto';
import type { Stage } from '../../lib/stages/stage.ts';
import type { TemplateParameter } from './preflight/checks.ts';

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
