/** Registers the simulated partners' instances at the platform, as partners do that have several. */
import { tokenFrom } from '../clients/tokens.ts';

/** Base URLs by the partner's name. */
export type InstanceUrls = Readonly<Record<string, readonly string[]>>;

interface Caller {
  /** Base URL of the platform. */
  readonly url: string;
  /** Base URL of the token issuer. */
  readonly issuerUrl: string;
}

/** In the place of those that an earlier run has registered: its ports are gone. They are up at once. */
export async function registerInstances(caller: Caller, instances: InstanceUrls): Promise<void> {
  await deregisterInstances(caller);
  await Promise.all(
    Object.entries(instances).flatMap(([partner, urls]) =>
      urls.map(async (instanceUrl, index) => {
        const { hostname: host, port } = new URL(instanceUrl);
        const id = `${partner}-${index + 1}`;
        const path = `/partners/${partner}/instances`;
        await call(caller, 'POST', path, { id, host, port: Number(port), secure: false });
        await call(caller, 'PUT', `${path}/${id}/heartbeat`, {});
      }),
    ),
  );
}

export async function deregisterInstances(caller: Caller): Promise<void> {
  const { partners } = (await call(caller, 'GET', '/partners')) as {
    readonly partners: readonly { readonly name: string; readonly instances: readonly { readonly id: string }[] }[];
  };
  await Promise.all(
    partners.flatMap(({ name, instances }) =>
      instances.map(({ id }) => call(caller, 'DELETE', `/partners/${name}/instances/${id}`)),
    ),
  );
}

/** @throws Error with the answer when it is no success */
async function call({ url, issuerUrl }: Caller, method: string, path: string, body?: object): Promise<unknown> {
  const token = await tokenFrom(issuerUrl, {
    sub: 'partners',
    role: 'operator',
    scope: 'partners:read partners:register',
  });
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
  return JSON.parse(text) as unknown;
}
