/** The names by which Lambda's callers know a function: `name`, its ARN, and either with `:version` or `:alias` behind it. */

export const functionNameOf = (nameOrArn: string): string => partsOf(nameOrArn)[0] ?? nameOrArn;

/** The version or alias in it; undefined for the function itself. */
export const qualifierIn = (nameOrArn: string): string | undefined => partsOf(nameOrArn)[1];

/** An ARN is `arn:aws:lambda:region:account:function:name`. */
function partsOf(nameOrArn: string): string[] {
  const parts = nameOrArn.split(':');
  return parts[0] === 'arn' ? parts.slice(6) : parts;
}
