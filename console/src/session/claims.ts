/** Who is signed in, as the token says: for what is shown. What is allowed, the API decides on each request. */
export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly scopes: ReadonlySet<string>;
}

/**
 * Reads a JSON Web Token without checking it.
 * @returns undefined when the text is no token with claims
 */
export function claimsIn(token: string): Readonly<Record<string, unknown>> | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** @param granted the scopes of the issuer's answer, for tokens that do not say them */
export function operatorIn(token: string, granted = ''): Operator {
  const claims = claimsIn(token) ?? {};
  const text = (name: string) => (typeof claims[name] === 'string' ? claims[name] : undefined);
  const id = text('sub') ?? '?';
  const scopes = (text('scope') ?? granted).split(' ').filter((scope) => scope !== '');
  return { id, name: text('name') ?? id, scopes: new Set(scopes) };
}
