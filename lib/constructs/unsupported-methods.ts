import { AuthorizationType, type IResource, MockIntegration, PassthroughBehavior } from 'aws-cdk-lib/aws-apigateway';
import { METHOD_NOT_ALLOWED } from '../../functions/shared/http/problems.ts';
import { SECURITY_HEADERS } from '../../functions/shared/http/security-headers.ts';
import { literal, problemTemplate } from './problem-responses.ts';

/** What clients send bodies as: a mock takes only media types that it has a template for, and says 415 to others. */
const MEDIA_TYPES = [
  'application/json',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'application/xml',
  'multipart/form-data',
  'text/plain',
];

/**
 * Answers the methods that a path does not have with 405 and `Allow`: API Gateway answers by itself, without token and function.
 * Otherwise it says 403 to them, as to paths that it does not know.
 * @param allowed the methods that the path has
 */
export function refuseOtherMethods(resource: IResource, allowed: readonly string[]): void {
  const allow = [...allowed].sort().join(', ');
  const { status } = METHOD_NOT_ALLOWED;
  const headers = {
    Allow: literal(allow),
    'Content-Type': literal('application/problem+json'),
    ...Object.fromEntries(Object.entries(SECURITY_HEADERS).map(([name, value]) => [name, literal(value)])),
    'X-Correlation-Id': 'context.requestId',
  };
  const parameters = Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value] as const);
  resource.addMethod(
    'ANY',
    new MockIntegration({
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: Object.fromEntries(MEDIA_TYPES.map((type) => [type, `{"statusCode": ${status}}`])),
      integrationResponses: [
        {
          statusCode: String(status),
          responseParameters: Object.fromEntries(parameters),
          responseTemplates: {
            'application/json': problemTemplate(METHOD_NOT_ALLOWED, JSON.stringify(`This path has ${allow} only.`)),
          },
        },
      ],
    }),
    {
      authorizationType: AuthorizationType.NONE,
      methodResponses: [
        {
          statusCode: String(status),
          responseParameters: Object.fromEntries(parameters.map(([name]) => [name, true])),
        },
      ],
    },
  );
}
