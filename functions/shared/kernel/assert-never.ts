/** Makes a `switch` exhaustive: adding a case to the union then fails to compile here. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`);
}
