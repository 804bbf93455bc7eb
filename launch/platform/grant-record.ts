import { appendFileSync } from 'node:fs';
import type { BootOptions } from '../../local/boot.ts';

/** The file in which platforms record what roles are granted and what they use; `npm run unused-grants` reads it. */
export const GRANTS_VARIABLE = 'WAYBILL_GRANTS';

/**
 * A line of JSON for each grant, and one more when it is first used: `["used", {"role", "action", "resource"}]`. Platforms add to the same file, each line
 * at once, so that a kill takes nothing along.
 */
export function grantRecord(environment: NodeJS.ProcessEnv): Pick<BootOptions, 'onGrant'> {
  const file = environment[GRANTS_VARIABLE];
  if (file === undefined) return {};
  return { onGrant: (event, grant) => appendFileSync(file, `${JSON.stringify([event, grant])}\n`) };
}
