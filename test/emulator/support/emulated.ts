import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderIn } from '../../../launch/emulator/data-folder.ts';
import { freeUrl } from '../../../launch/emulator/free-url.ts';
import { type StartedMiniStack, startMiniStack } from '../../../launch/emulator/ministack.ts';

export interface Emulated {
  readonly emulator: StartedMiniStack;
  /** For what a deployment keeps. */
  readonly folder: string;
  close(): Promise<void>;
}

/** MiniStack on a free port, with nothing in it. Its Python packages stay where `npm run deploy:localstack` has them. */
export async function startEmulator(): Promise<Emulated> {
  const folder = mkdtempSync(path.join(tmpdir(), 'emulator-'));
  const emulator = await startMiniStack(await freeUrl(), folderIn(process.env));
  return {
    emulator,
    folder,
    async close() {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
