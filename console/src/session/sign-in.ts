import { InMemoryWebStorage, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import type { Tokens } from '../api/client.ts';
import type { Config } from '../api/config.ts';
import { BASE, ROOT } from '../root.ts';
import { type Operator, operatorIn } from './claims.ts';

/** Where the reader was when the sign-in began; the issuer gives it back. */
interface Way {
  readonly to: string;
}

export type Start =
  | { readonly kind: 'signed-in'; readonly to: string }
  /** The issuer does not know the reader, or nobody has asked it yet. */
  | { readonly kind: 'signed-out'; readonly to: string }
  | { readonly kind: 'failed'; readonly to: string; readonly error: Error };

const CALLBACK = `${BASE}/signed-in`;
const STAY_OUT = 'waybill-console-signed-out';

/** The sign-in by code and PKCE at the configured issuer. Tokens stay in memory: after a reload, the issuer's own session gives new ones. */
export class SignIn implements Tokens {
  readonly #manager: UserManager;
  #user: User | undefined;
  #renewal: Promise<string | undefined> | undefined;
  readonly #listeners = new Set<() => void>();
  #operator: Operator | undefined;

  constructor({ issuer, clientId, scopes }: Config) {
    this.#manager = new UserManager({
      authority: issuer,
      client_id: clientId,
      redirect_uri: `${location.origin}${CALLBACK}`,
      post_logout_redirect_uri: ROOT.href,
      response_type: 'code',
      scope: `openid offline_access profile email ${scopes}`.trim(),
      // Its own renewal would use the refresh token beside ours, and a second use revokes the sign-in.
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
    this.#manager.events.addUserLoaded((user) => this.#take(user));
    this.#manager.events.addAccessTokenExpiring(() => void this.renewed());
  }

  /** Finishes a sign-in that comes back from the issuer, or begins one without a question where the issuer may know the reader. */
  async start(): Promise<Start> {
    const here = location.pathname + location.search;
    if (location.pathname === CALLBACK) return this.#comeBack();
    if (sessionStorage.getItem(STAY_OUT) !== null) {
      sessionStorage.removeItem(STAY_OUT);
      return { kind: 'signed-out', to: `${BASE}/` };
    }
    try {
      await this.#manager.signinRedirect({ prompt: 'none', state: { to: here } satisfies Way });
      return await new Promise<never>(() => {});
    } catch (error) {
      return { kind: 'failed', to: here, error: error as Error };
    }
  }

  /** Leaves for the issuer's page. */
  async begin(to: string, language: string): Promise<void> {
    await this.#manager.signinRedirect({ state: { to } satisfies Way, ui_locales: language });
  }

  async end(): Promise<void> {
    sessionStorage.setItem(STAY_OUT, '1');
    await this.#manager.signoutRedirect();
  }

  get operator(): Operator | undefined {
    return this.#operator;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  current(): string | undefined {
    return this.#user?.access_token;
  }

  /** All requests that were refused at the same time share one renewal: refresh tokens are good for one use. */
  renewed(): Promise<string | undefined> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renew(): Promise<string | undefined> {
    const user = this.#user?.refresh_token === undefined ? null : await this.#manager.signinSilent().catch(() => null);
    this.#take(user ?? undefined);
    return user?.access_token;
  }

  async #comeBack(): Promise<Start> {
    try {
      const user = await this.#manager.signinRedirectCallback();
      this.#take(user);
      return { kind: 'signed-in', to: wayOf(user.state) };
    } catch (error) {
      const { error: code, state } = error as { readonly error?: string; readonly state?: unknown };
      const to = wayOf(state);
      const unknown = ['login_required', 'interaction_required', 'consent_required'].includes(code ?? '');
      return unknown ? { kind: 'signed-out', to } : { kind: 'failed', to, error: error as Error };
    }
  }

  #take(user: User | undefined): void {
    this.#user = user;
    this.#operator = user && operatorIn(user.access_token, user.scope);
    for (const listener of this.#listeners) listener();
  }
}

/** Only a path of the console: nothing that comes back from elsewhere leads away from it. */
function wayOf(state: unknown): string {
  const { to } = (state ?? {}) as Partial<Way>;
  return typeof to === 'string' && to.startsWith(`${BASE}/`) && to !== CALLBACK ? to : `${BASE}/`;
}
