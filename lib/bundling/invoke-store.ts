/**
 * Stands in for `@aws/lambda-invoke-store` in the bundles. It tells invocations apart where one process has several at a time, which ours never
 * have: SDK and Powertools then look into the environment, as they do without a store. It is two kilobytes of every cold start.
 */
export const InvokeStore = { getInstanceAsync: async (): Promise<undefined> => undefined };
