import type { AwsError, JsonObject } from '../../contracts.ts';

/** The cause of a failure that a service answered, as AWS words it. */
export const serviceCause = (service: string, { code, message, status }: AwsError, requestId: string): string =>
  `${message} (Service: ${service}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`;

/** What an optimised integration tells of the answer beside its content: its headers and the request. */
export function sdkMetadata(headers: Readonly<Record<string, string>>, requestId: string): JsonObject {
  const all = Object.entries({ Connection: 'keep-alive', 'x-amzn-RequestId': requestId, ...headers });
  return {
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(all.map(([name, value]) => [name, [value]])),
      HttpHeaders: Object.fromEntries(all),
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
  };
}
