import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Config } from '../api/config.ts';
import type { Operator } from './claims.ts';
import type { SignIn } from './sign-in.ts';

interface Session {
  readonly signIn: SignIn;
  readonly config: Config;
}

const SessionContext = createContext<Session | undefined>(undefined);
export const SessionProvider = SessionContext.Provider;

/** @throws Error outside of a `SessionProvider` */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no SessionProvider around this component.');
  return session;
}

/** Undefined when nobody is signed in, also after a sign-in that has expired. */
export function useOperator(): Operator | undefined {
  const { signIn } = useSession();
  return useSyncExternalStore(signIn.subscribe, () => signIn.operator);
}

export function useMay(): (scope: string) => boolean {
  const operator = useOperator();
  return (scope) => operator?.scopes.has(scope) ?? false;
}
