import type { Answer } from '../shared/http.ts';

/** A request that OAuth 2 has a code for (RFC 6749, 4.1.2.1 and 5.2; OpenID Connect Core 1.0, 3.1.2.6). */
export class OAuthError extends Error {
  override readonly name = 'OAuthError' as const;
  readonly code: OAuthErrorCode;

  constructor(code: OAuthErrorCode, description: string) {
    super(description);
    this.code = code;
  }
}

export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unsupported_response_type'
  | 'login_required';

/** As the token endpoint says it. */
export const asTokenAnswer = ({ code, message }: OAuthError): Answer => ({
  status: 400,
  body: { error: code, error_description: message },
});
