import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EndpointRequest } from '../../../../local/contracts.ts';
import { mailPage } from '../../../../local/ses/mail-pages.ts';
import { SesService } from '../../../../local/ses/service.ts';
import { testContext } from '../../../support/runtime/service-context.ts';
import { VirtualClock } from '../../../support/runtime/virtual-clock.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'ses-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const open = (dataDir?: string) =>
  new SesService(testContext(new VirtualClock()), dataDir === undefined ? {} : { dataDir });

/** What AWS's own client sends. */
async function requestOf(over: object = {}): Promise<EndpointRequest> {
  let seen: EndpointRequest | undefined;
  const client = new SESv2Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      handle: async (request: { method: string; path: string; headers: Record<string, string>; body: string }) => {
        seen = { method: request.method, path: request.path, headers: request.headers, body: request.body };
        throw new Error('It is enough to see the request.');
      },
    },
  });
  const content = (Data: string) => ({ Data, Charset: 'UTF-8' });
  const Simple = { Subject: content('您的订单 <1>'), Body: { Text: content('Text.'), Html: content('<p>"HTML"</p>') } };
  const input = {
    FromEmailAddress: 'orders@shop.example',
    Destination: { ToAddresses: ['li@example.com'] },
    Content: { Simple },
  };
  await client.send(new SendEmailCommand({ ...input, ...over })).catch(() => {});
  return seen!;
}

describe('SES', () => {
  test('keeps a mail as a file that mail programs open, and shows it on a page on which nothing of it runs', async () => {
    const service = open(folder);
    const call = service.rest(await requestOf())!;
    expect(service.permissions(call.operation, call.input)).toEqual([
      { action: 'ses:SendEmail', resource: expect.stringMatching(/:ses:.*:identity\/shop\.example$/) },
    ]);
    const { MessageId } = JSON.parse((await call.answer()).body) as { MessageId: string };
    const files = readdirSync(path.join(folder, 'ses'));
    const eml = readFileSync(path.join(folder, 'ses', files.find((file) => file.endsWith('.eml'))!), 'utf8');
    expect(eml).toMatch(/^From: orders@shop\.example\r?\nTo: li@example\.com\r?\nSubject: =\?UTF-8\?/m);
    expect(eml).toContain('multipart/alternative');
    const pages = open(folder);
    expect(mailPage(pages.mails, '/_runtime/mails')?.body).toContain(`/_runtime/mails/${MessageId}`);
    const shown = mailPage(pages.mails, `/_runtime/mails/${MessageId}`)!;
    expect(shown.body).toContain('srcdoc="&lt;p&gt;&quot;HTML&quot;&lt;/p&gt;"');
    expect(shown.body).toContain('<h1>您的订单 &lt;1&gt;</h1>');
    expect(shown.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('keeps mails in memory where there is no folder, the newest first', async () => {
    const service = open();
    for (const name of ['one', 'two']) {
      await service.rest(await requestOf({ Destination: { ToAddresses: [`${name}@example.com`] } }))!.answer();
    }
    expect(service.mails.list()).toHaveLength(2);
  });

  test.each([
    ['no recipient', { Destination: {} }],
    ['an address that is none', { Destination: { ToAddresses: ['li'] } }],
    ['no content', { Content: {} }],
    [
      'copies, which it does not know',
      { Destination: { ToAddresses: ['li@example.com'], CcAddresses: ['b@example.com'] } },
    ],
  ])('refuses a mail with %s', async (_, over) => {
    const service = open();
    const call = service.rest(await requestOf(over))!;
    await expect(call.answer()).rejects.toMatchObject({ code: 'BadRequestException' });
    expect(service.mails.list()).toEqual([]);
  });

  test('knows no path of a mail that there is not, and no other operation', async () => {
    const service = open(folder);
    expect(mailPage(service.mails, '/_runtime/mails/..%2F..%2Fetc')).toBeUndefined();
    expect(mailPage(service.mails, '/_runtime/outputs')).toBeUndefined();
    const other = { ...(await requestOf()), path: '/v2/email/identities' };
    expect(() => service.rest(other)).toThrow('SendEmail alone');
  });
});
