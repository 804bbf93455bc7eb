import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepPartner } from '../../../launch/platform/kept-partner.ts';
import { readLedger } from '../../support/platform/partners.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'kept-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('A simulated partner', () => {
  test('that is killed is started again at its addresses and with its data, and that is said', async () => {
    const dataFile = path.join(dir, 'carrier.db');
    const said: string[] = [];
    const partner = await keepPartner(
      { name: 'carrier', dataFile, ports: [0, 0] },
      (message) => void said.push(message),
    );
    try {
      const booking = { address: { postalCode: '200000' }, parcels: 1 };
      await fetch(`${partner.urls[1]}/v1/shipments/k`, { method: 'PUT', body: JSON.stringify(booking) });
      const before = await readLedger(partner.url, 'k');
      process.kill(partner.pid, 'SIGKILL');
      while (!said.includes('The simulated carrier runs again.')) await sleep(20);
      for (const url of partner.urls) expect(await readLedger(url, 'k')).toEqual(before);
      expect(said[0]).toMatch(/^The simulated carrier ended unexpectedly and is being started again/);
    } finally {
      await partner.close();
    }
  });

  test('whose data is damaged is refused with what it said', async () => {
    const dataFile = path.join(dir, 'carrier.db');
    writeFileSync(dataFile, 'no database at all '.repeat(1_000));
    await expect(keepPartner({ name: 'carrier', dataFile, logFile: path.join(dir, 'log') }, () => {})).rejects.toThrow(
      /The simulated carrier ended \(code 1\) before it listened[\s\S]*carrier\.db/,
    );
  });
});
