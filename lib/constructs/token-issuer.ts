import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { tell } from './grant.ts';
import { Group } from './group.ts';
import { textParameter, urlParameter } from './parameters.ts';
import type { Probe } from './probe.ts';

/** The OpenID Connect issuer that vouches for callers, as the settings of the deployment name it. */
export class TokenIssuer extends Group {
  /** As tokens name it in `iss`; its discovery document is below it. */
  readonly url: string;
  /** As tokens name this API in `aud`. */
  readonly #audience: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.url = urlParameter(
      this,
      'OidcIssuer',
      "OpenID Connect issuer of the callers' tokens, exactly as they name it (iss)",
    );
    this.#audience = textParameter(this, 'OidcAudience', "How the callers' tokens name this API (aud)");
  }

  /** Believes tokens of this issuer that are for this API. */
  grantTrust(verifier: LambdaFunction): void {
    tell(verifier, { OIDC_ISSUER: this.url, OIDC_AUDIENCE: this.#audience });
  }

  /** Tells people where to sign in. */
  grantSignIn(page: LambdaFunction): void {
    tell(page, { OIDC_ISSUER: this.url });
  }

  probe(name: string): Probe {
    return { name, kind: 'token-issuer', target: this.url };
  }
}
