import * as z from 'zod';
import { readEnvironment } from '../shared/edge/environment.ts';
import { safeUrl } from '../shared/edge/safe-url.ts';
import { readSite } from './adapters/site-folder.ts';
import type { ConsoleSettings } from './http/console-pages.ts';

/** The bundling lays it beside this module. */
export const consoleSite = (): ReadonlyMap<string, string> => readSite(new URL('site/', import.meta.url));

/** What a parameter of the deployment is that was not given. */
const NONE = 'none';

export function consoleSettings(): ConsoleSettings {
  const text = z.string().check(z.minLength(1));
  const environment = readEnvironment(
    z.object({
      OIDC_ISSUER: safeUrl,
      CONSOLE_CLIENT_ID: text,
      CONSOLE_SCOPES: text,
      CONSOLE_SIGN_IN_ORIGINS: text,
      CONSOLE_TIME_ZONE: text,
      CONSOLE_STAGE: text,
    }),
  );
  const origins = environment.CONSOLE_SIGN_IN_ORIGINS;
  return {
    issuer: environment.OIDC_ISSUER,
    signInOrigins: origins === NONE ? [] : origins.split(' '),
    clientId: environment.CONSOLE_CLIENT_ID,
    scopes: environment.CONSOLE_SCOPES,
    zone: environment.CONSOLE_TIME_ZONE,
    stage: environment.CONSOLE_STAGE,
  };
}
