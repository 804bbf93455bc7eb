import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { folderIn } from '../../../launch/emulator/data-folder.ts';
import { type StartedMiniStack, startMiniStack } from '../../../launch/emulator/ministack.ts';
import { freePort } from '../../../local/free-port.ts';

export interface Emulated {
  readonly emulator: StartedMiniStack;
  /** For what a deployment keeps. */
  readonly folder: string;
  close(): Promise<void>;
}

/**
 * Pauses between the attempts of a step are a tenth of what the definition says: MiniStack does not know `MaxDelaySeconds`, and the pauses of long series of
 * attempts would grow to hours.
 */
const SHORT_PAUSES = { SFN_WAIT_SCALE: '0.1' };

/** MiniStack on a free port, with nothing in it. Its Python packages stay where `npm run deploy:localstack` has them. */
export async function startEmulator(): Promise<Emulated> {
  const folder = mkdtempSync(path.join(tmpdir(), 'emulator-'));
  const emulator = await startMiniStack(`http://127.0.0.1:${await freePort()}`, folderIn(process.env), SHORT_PAUSES);
  return {
    emulator,
    folder,
    async close() {
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
