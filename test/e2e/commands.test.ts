/** What is asked of orders after they were placed, on one platform. */
import { afterAll, beforeAll } from '@jest/globals';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';
import { changesAndRefunds } from './changes-and-refunds.ts';
import { lifecycle } from './lifecycle.ts';

let instance: Instance;
const dataDir = temporaryDataDir();

beforeAll(async () => {
  instance = await startInstance(dataDir);
}, 120_000);

afterAll(async () => {
  await instance?.interrupt();
  removeDataDir(dataDir);
}, 30_000);

changesAndRefunds(() => instance);
lifecycle(() => instance);
