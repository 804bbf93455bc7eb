import '../platform/function-environment.ts';
import { IssuerKeys } from '../../../functions/identity/adapters/issuer-keys.ts';
import { JwtVerifier } from '../../../functions/identity/adapters/jwt-verifier.ts';
import { makeHandler } from '../../../functions/identity/authorise-request.ts';
import { fixedConfiguration } from '../fakes/fixed-configuration.ts';
import { AUDIENCE, FakeIssuer, ISSUER, type TestKey, tokenBy } from '../fakes/token-issuer.ts';

/** When the tests begin: milliseconds since the epoch. */
export const START = Date.UTC(2026, 0, 2);
const METHOD = 'arn:aws:execute-api:us-east-1:000000000000:api1/live/GET/api/v1/orders/1';

/** The authoriser with an issuer in memory that publishes two keys. */
export class TestAuthoriser {
  readonly ec: TestKey;
  readonly rsa: TestKey;
  readonly issuer: FakeIssuer;
  now = START;
  readonly #handler: ReturnType<typeof makeHandler>;

  constructor(ec: TestKey, rsa: TestKey) {
    this.ec = ec;
    this.rsa = rsa;
    this.issuer = new FakeIssuer(ec, rsa);
    const clock = { now: () => this.now };
    this.#handler = makeHandler({
      configuration: fixedConfiguration(),
      verifier: new JwtVerifier({
        issuer: ISSUER,
        audience: AUDIENCE,
        keys: new IssuerKeys({ issuer: ISSUER, fetch: this.issuer.fetch, ...clock }),
        ...clock,
      }),
    });
  }

  /** @param authorizationToken the whole header */
  readonly authorise = (authorizationToken: string) =>
    this.#handler({ type: 'TOKEN', methodArn: METHOD, authorizationToken });

  /** Authorises a token that is signed with this key. */
  readonly bearing = async (key: TestKey, claims: object = {}, header: object = {}) =>
    this.authorise(`Bearer ${await tokenBy(key, { ...claims }, this.now, header)}`);
}
