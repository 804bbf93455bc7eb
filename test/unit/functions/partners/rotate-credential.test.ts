import '../../../support/platform/function-environment.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HttpCredentialRegistry } from '../../../../functions/partners/adapters/http-credential-registry.ts';
import { newCredential, partnersPart } from '../../../../functions/partners/adapters/new-credential.ts';
import { SecretsManagerVersions } from '../../../../functions/partners/adapters/secret-versions.ts';
import { ROTATION_STEPS } from '../../../../functions/partners/application/rotate-credential.ts';
import { makeHandler } from '../../../../functions/partners/rotate-credential.ts';
import { AwsJsonError } from '../../../../functions/shared/edge/aws-json.ts';
import { withCredential } from '../../../../functions/shared/outbound/credentials/authorised-exchange.ts';
import { CREDENTIAL_KINDS, type Credential } from '../../../../functions/shared/outbound/credentials/credential.ts';
import { nodeExchange } from '../../../../functions/shared/outbound/http-exchange.ts';
import type { AwsError, JsonObject } from '../../../../local/contracts.ts';
import { carrierRoutes } from '../../../../partners/carrier/server.ts';
import { MerchantCredentials } from '../../../../partners/shared/merchant-credentials.ts';
import { secretsManager } from '../../local/secretsmanager/secrets.ts';
import { type Served, serve } from '../../partners/served.ts';

const VERSION = '6f1c0f7e-0000-4000-8000-000000000000';
const NEXT = '7a2d1e8f-0000-4000-8000-000000000000';

describe.each(CREDENTIAL_KINDS)('The rotation of a credential of kind %s', (kind) => {
  let folder: string;
  let partner: Served;
  let secrets: Awaited<ReturnType<typeof secretsManager>>;
  let registered: MerchantCredentials;
  const steps = { run: async (_step: string, _version?: string): Promise<void> => {} };

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'waybill-rotation-'));
    registered = new MerchantCredentials(path.join(folder, 'credentials.json'));
    partner = await serve(carrierRoutes, registered);
    secrets = await secretsManager();
    const first = newCredential({ kind, keyId: '', secret: '' }, 'first');
    registered.put({ keyId: first.keyId, ...partnersPart(first) } as Parameters<MerchantCredentials['put']>[0]);
    await secrets.ask('PutSecretValue', { SecretString: JSON.stringify(first), ClientRequestToken: 'first' });

    const deps = {
      secret: new SecretsManagerVersions({
        secretId: secrets.arn,
        call: (operation, input) =>
          secrets.service.handle(operation, input as JsonObject).catch((error: AwsError) => {
            throw new AwsJsonError(error.code, error.message, error.status);
          }),
      }),
      registry: new HttpCredentialRegistry({
        partner: 'carrier',
        baseUrl: `${partner.url}/`,
        exchange: nodeExchange,
        timeoutMs: 1_000,
        now: Date.now,
      }),
      successorOf: newCredential,
    };
    const handler = makeHandler((secretId) => {
      expect(secretId).toBe(secrets.arn);
      return { partner: 'carrier', deps };
    });
    steps.run = (Step, ClientRequestToken = VERSION) => handler({ Step, SecretId: secrets.arn, ClientRequestToken });
  });
  afterEach(async () => {
    await partner.close();
    rmSync(folder, { recursive: true });
  });

  const rotate = async (version = VERSION) => {
    for (const step of ROTATION_STEPS) await steps.run(step, version);
  };
  const stored = async (stage: string) => JSON.parse(await secrets.value({ VersionStage: stage })) as Credential;
  /** What the partner answers to a request with this credential. */
  const statusWith = async (credential: Credential): Promise<number> => {
    const request = { method: 'POST', url: `${partner.url}/v1/shipments/k/cancel`, headers: {}, timeoutMs: 1_000 };
    return (await nodeExchange(withCredential(request, credential, Date.now()))).status;
  };

  test('replaces it by one of the same kind, which the partner accepts, and the old one for a day more', async () => {
    const before = await stored('AWSCURRENT');
    await rotate();
    const after = await stored('AWSCURRENT');
    expect(after).toMatchObject({ kind, keyId: `key-${VERSION.slice(0, 32)}` });
    expect(after.secret).not.toBe(before.secret);
    expect(await stored('AWSPREVIOUS')).toEqual(before);
    expect([await statusWith(after), await statusWith(before)]).toEqual([200, 200]);
    const ends = registered.find(before.keyId)!.until!;
    expect(Date.parse(ends) - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(registered.find(after.keyId)!.until).toBeUndefined();
  });

  test('changes nothing more when each step comes twice, and goes on from the new one the next time', async () => {
    for (const step of ROTATION_STEPS) {
      await steps.run(step);
      await steps.run(step);
    }
    const after = await stored('AWSCURRENT');
    expect(registered.all()).toHaveLength(2);
    await rotate(NEXT);
    expect((await stored('AWSPREVIOUS')).keyId).toBe(after.keyId);
    expect(await statusWith(await stored('AWSCURRENT'))).toBe(200);
  });

  test('that fails at any step leaves a credential in force that the partner accepts', async () => {
    await steps.run('createSecret');
    expect(await statusWith(await stored('AWSCURRENT'))).toBe(200);
    await expect(steps.run('testSecret')).rejects.toThrow(/carrier answered 401 to GET \/v1\/credentials\/key-/);
    await steps.run('setSecret');
    expect(await statusWith(await stored('AWSCURRENT'))).toBe(200);
    expect((await stored('AWSCURRENT')).keyId).toBe('key-first');
    await rotate();
    expect(await statusWith(await stored('AWSCURRENT'))).toBe(200);
  });

  test('says in no error what the credential is', async () => {
    await steps.run('createSecret');
    const { secret } = await stored('AWSPENDING');
    await expect(steps.run('testSecret')).rejects.not.toThrow(secret);
    await expect(steps.run('setSecret', NEXT)).rejects.toThrow('createSecret has to come first');
    await expect(steps.run('else')).rejects.toThrow(/Step/);
  });
});
