/** Where a channel of payment sends its notifications. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Notifier } from '../../../partners/shared/notifier.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'waybill-notifier-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Tells the notifier, and resolves to what it says that it knows then. */
function tell(notifier: Notifier, body: object): unknown {
  const route = notifier.routes.find(({ method }) => method === 'PUT')!;
  const request = { params: {}, query: new URLSearchParams(), headers: {}, target: '/v1/notifications', text: '' };
  return route.handle({ ...request, body });
}

test('a channel that was killed and started again knows where its merchant is', () => {
  const file = path.join(folder, 'merchant');
  tell(new Notifier([], file), { origin: 'http://127.0.0.1:3000' });
  expect(tell(new Notifier([], file), {})).toMatchObject({
    body: { origin: 'http://127.0.0.1:3000', mode: 'deliver' },
  });
});

test('a channel whose data is in memory is told anew', () => {
  tell(new Notifier([]), { origin: 'http://127.0.0.1:3000' });
  expect(tell(new Notifier([]), {})).toMatchObject({ body: { mode: 'deliver' } });
  expect(tell(new Notifier([]), {})).not.toHaveProperty('body.origin', expect.anything());
});
