/** A partner that speaks TLS and asks for our certificate, and what we send it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withCredential } from '../../../functions/shared/outbound/credentials/authorised-exchange.ts';
import { parseCredential } from '../../../functions/shared/outbound/credentials/credential.ts';
import { nodeExchange } from '../../../functions/shared/outbound/http-exchange.ts';
import { sendOnce } from '../../../functions/shared/outbound/send-once.ts';
import { type Certified, newAuthority } from '../../support/tls/certificates.ts';

const SECRET = 'a common key of more than 32 characters';
const authority = newAuthority("The partner's authority");
const stranger = newAuthority('Another authority');
const server = authority.issue('gateway');
const ours = authority.issue('waybill');

describe('A partner that asks for a certificate', () => {
  let folder: string;
  let partner: ChildProcess;
  let url: string;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'waybill-tls-'));
    const fileWith = (name: string, content: string): string => {
      const file = path.join(folder, name);
      writeFileSync(file, content, { mode: 0o600 });
      return file;
    };
    const known = { credentials: [{ keyId: 'first', kind: 'hmac-sha256', secret: SECRET }] };
    partner = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'partners/payment-gateway/main.ts'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        PORT: '0',
        CREDENTIALS_FILE: fileWith('credentials.json', JSON.stringify(known)),
        TLS_CERTIFICATE_FILE: fileWith('server.pem', server.certificate),
        TLS_KEY_FILE: fileWith('server.key', server.key),
        TLS_CLIENT_AUTHORITY_FILE: fileWith('clients.pem', authority.certificate),
      },
    });
    const [line] = (await once(createInterface(partner.stdout!), 'line')) as [string];
    url = (JSON.parse(line) as { listening: string }).listening;
  });
  afterAll(async () => {
    partner.kill();
    await once(partner, 'exit');
    rmSync(folder, { recursive: true });
  });

  /** A request with a credential that has this certificate. */
  const ask = (identity: Certified, trusted: string, at = '/v1/payment_intents/k/cancel') => {
    const credential = parseCredential(
      JSON.stringify({ kind: 'hmac-sha256', keyId: 'first', secret: SECRET, tls: { ...identity, authority: trusted } }),
    );
    const request = { method: at === '/health' ? 'GET' : 'POST', url: `${url}${at}`, headers: {}, timeoutMs: 2_000 };
    return withCredential(request, credential, Date.now());
  };

  test('answers over TLS a request with our certificate and our signature', async () => {
    expect(url).toMatch(/^https:/);
    for (let time = 0; time < 2; time += 1) {
      expect(await nodeExchange(ask(ours, authority.certificate))).toMatchObject({
        status: 404,
        text: expect.stringContaining('resource_missing'),
      });
    }
  });

  test('refuses a certificate of another authority, and none, whatever is signed', async () => {
    const error = expect.stringContaining('client-certificate-missing') as unknown;
    const other = ask(stranger.issue('waybill'), authority.certificate);
    expect(await nodeExchange(other)).toMatchObject({ status: 401, text: error });
    const { tls: _, ...bare } = ask(ours, authority.certificate);
    await expect(nodeExchange(bare)).rejects.toMatchObject({ code: 'SELF_SIGNED_CERT_IN_CHAIN' });
    expect(await nodeExchange(ask(stranger.issue('x'), authority.certificate, '/health'))).toMatchObject({
      status: 200,
    });
  });

  test('that has another certificate than it should gets nothing, and counts as one without a connection', async () => {
    const { tls, ...request } = ask(ours, stranger.certificate);
    const result = await sendOnce(
      {
        operation: 'void',
        affinity: 'k',
        method: 'POST',
        path: '/v1/payment_intents/k/cancel',
        read: () => 'an answer',
      },
      { baseUrl: url, timeoutMs: 2_000, exchange: (asked) => nodeExchange({ ...request, ...asked, tls: tls! }) },
    );
    expect(result).toMatchObject({ ok: false, refusal: { isUnsent: true } });
  });
});
