/** Status, message and error type of each answer that API Gateway itself gives, unless the API defines other ones. */
const RESPONSES = {
  MISSING_AUTHENTICATION_TOKEN: [403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
  UNAUTHORIZED: [401, 'Unauthorized', 'UnauthorizedException'],
  ACCESS_DENIED: [403, 'User is not authorized to access this resource', 'AccessDeniedException'],
  AUTHORIZER_FAILURE: [500, null, 'AuthorizerFailureException'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, null, 'AuthorizerConfigurationException'],
  BAD_REQUEST_BODY: [400, 'Invalid request body', 'BadRequestException'],
  BAD_REQUEST_PARAMETERS: [400, 'Missing required request parameters', 'BadRequestException'],
  REQUEST_TOO_LARGE: [413, 'Request Too Long', 'RequestEntityTooLargeException'],
  THROTTLED: [429, 'Too Many Requests', 'TooManyRequestsException'],
  INTEGRATION_FAILURE: [500, 'Internal server error', 'InternalServerErrorException'],
  INTEGRATION_TIMEOUT: [504, 'Endpoint request timed out', 'InternalServerErrorException'],
  /** A function that failed, or whose answer is malformed. */
  BAD_GATEWAY: [502, 'Internal server error', 'InternalServerErrorException'],
} as const satisfies Record<string, readonly [status: number, message: string | null, errorType: string]>;

export type GatewayErrorKind = keyof typeof RESPONSES;

/** A request that ends in API Gateway instead of with an integration's answer. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  /** What a gateway response is looked up by. */
  readonly responseType: string;
  readonly status: number;
  readonly errorType: string;
  /** For `$context.error.message`; API Gateway has none for some. */
  readonly publicMessage: string | null;

  constructor(kind: GatewayErrorKind, message?: string) {
    const [status, usualMessage, errorType] = RESPONSES[kind];
    super(message ?? usualMessage ?? kind);
    // API Gateway has no response type of its own for a bad gateway.
    this.responseType = kind === 'BAD_GATEWAY' ? 'DEFAULT_5XX' : kind;
    this.status = status;
    this.errorType = errorType;
    this.publicMessage = message ?? usualMessage;
  }
}
