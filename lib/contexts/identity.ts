import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { numberParameter } from '../constructs/parameters.ts';
import type { Platform } from '../constructs/platform.ts';
import { TokenIssuer } from '../constructs/token-issuer.ts';
import { reserveConcurrency, type WaybillFunction } from '../constructs/waybill-function.ts';

/** Callers of the API, known by the tokens of an OpenID Connect issuer. */
export class Identity extends BoundedContext {
  readonly issuer: TokenIssuer;
  /** Checks the token of a request, for the API. */
  readonly authoriser: WaybillFunction;

  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    this.issuer = new TokenIssuer(this, 'TokenIssuer');
    this.authoriser = this.function('identity/authorise-request', { timeout: Duration.seconds(10) });
    reserveConcurrency(
      this.authoriser,
      numberParameter(this, 'AuthoriserConcurrency', {
        description: "How many of the account's concurrent executions are kept for the check of tokens; 0: none are",
        byDefault: 100,
        allowed: '^[0-9]{1,4}$',
        range: 'from 0 to 9999',
      }),
    );
    this.issuer.grantTrust(this.authoriser);
    platform.configuration.grantRead(this.authoriser);
    this.probes.push(this.issuer.probe('token-issuer'));
  }
}
