/**
 * Stands in for `@aws-sdk/endpoint-cache` in the bundles. DynamoDB's client makes one for endpoint discovery, which is off, and never reads
 * it: the cache and its library are seven kilobytes of every cold start.
 */
export class EndpointCache {}
