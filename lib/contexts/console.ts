import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CONSOLE_PAGES } from '../../functions/console/routes.ts';
import { OPERATOR_SCOPES } from '../../functions/published/routes.ts';
import type { Endpoint } from '../constructs/api.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { tell } from '../constructs/grant.ts';
import { optionalParameter, parameterValue, shopTimeZone } from '../constructs/parameters.ts';
import type { Platform } from '../constructs/platform.ts';
import type { TokenIssuer } from '../constructs/token-issuer.ts';
import { environmentOf } from '../stages/environment.ts';

export interface ConsoleProps {
  /** At which operators sign in. */
  readonly issuer: TokenIssuer;
}

/** The operations console: a web app that one function serves. It asks the API as any other client does. */
export class Console extends BoundedContext {
  readonly pages: readonly Endpoint[];

  constructor(scope: Construct, id: string, platform: Platform, { issuer }: ConsoleProps) {
    super(scope, id, platform);
    const handler = this.function('console/get-console', { timeout: Duration.seconds(10) });
    issuer.grantSignIn(handler);
    tell(handler, {
      CONSOLE_CLIENT_ID: parameterValue(this, 'ConsoleClientId', {
        description: 'By which client id the issuer of tokens knows the console',
        default: 'waybill-console',
        minLength: 1,
      }),
      CONSOLE_SIGN_IN_ORIGINS: optionalParameter(this, 'ConsoleSignInOrigins', {
        description:
          "Origins that the issuer's discovery document names beside its own, such as that of its token endpoint",
        allowed: 'https://[a-z0-9.-]+(:[0-9]{1,5})?( https://[a-z0-9.-]+(:[0-9]{1,5})?)*',
        shape: 'origins with https, with a space between them',
      }),
      CONSOLE_TIME_ZONE: shopTimeZone(this),
      CONSOLE_SCOPES: OPERATOR_SCOPES.join(' '),
      CONSOLE_STAGE: environmentOf(this).name ?? 'development',
    });
    this.pages = CONSOLE_PAGES.map((route) => ({ route, handler }));
  }
}
