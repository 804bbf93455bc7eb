import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { finalOrder, place, placeUntilAccepted } from '../support/api/order-requests.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';

const dataDir = temporaryDataDir();
const ballast = path.join(dataDir, 'ballast');
/** A disk of its own, small enough to be filled in a moment; only root may make one. */
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128m,mode=700', 'tmpfs', dataDir]).status === 0;
if (!mounted) process.stderr.write('The test of a full disk is left out: this user may not mount a disk.\n');
let instance: Instance | undefined;

afterAll(async () => {
  await instance?.interrupt();
  if (mounted) spawnSync('umount', ['-l', dataDir]);
  removeDataDir(dataDir);
});

function fill(): void {
  const file = openSync(ballast, 'w');
  try {
    for (const bytes of [1_048_576, 4_096]) {
      try {
        for (;;) writeSync(file, Buffer.alloc(bytes, 1));
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
      }
    }
  } finally {
    closeSync(file);
  }
}

(mounted ? test : test.skip)(
  'While the disk is full the platform refuses what it cannot keep and says why; with room again every accepted order ends',
  async () => {
    instance = await startInstance(dataDir);
    const { url } = instance;
    const { OrderLogTableName } = await instance.outputs();
    const accepted = await Promise.all(Array.from({ length: 5 }, () => place(url)));
    fill();
    const big = { streamId: 'full', version: 1, note: 'x'.repeat(300_000) };
    const write = (sku: string) =>
      instance!.db().send(new PutCommand({ TableName: OrderLogTableName!, Item: { ...big, orderId: sku } }));
    await expect(write('too-big')).rejects.toThrow(
      `The disk is full: ${path.join(dataDir, 'dynamodb')} cannot be written`,
    );
    const over = Date.now() + 5_000;
    while (Date.now() < over) {
      // Small things may still find room.
      const orderId = await placeUntilAccepted(url, {}, () => Date.now() > over);
      if (orderId !== undefined) accepted.push(orderId);
    }
    expect(instance.process.exitCode).toBeNull();

    rmSync(ballast);
    accepted.push((await placeUntilAccepted(url))!);
    const orders = await Promise.all(accepted.map((orderId) => finalOrder(url, orderId)));
    expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(['processing']));
  },
);
