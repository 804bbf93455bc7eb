/** `npm run destroy:localstack`: deletes the app on an emulator of AWS, and the data of the partners beside it. */
import { rmSync } from 'node:fs';
import { folderIn } from './data-folder.ts';
import { destroy } from './deployment.ts';
import { emulatorUrlIn, runningEmulator } from './emulator.ts';
import { requestedArguments, USAGE } from './requested.ts';

try {
  const requested = requestedArguments(process.argv.slice(2));
  if (requested === 'help') {
    console.log(USAGE);
    process.exit(0);
  }
  if (requested.starts) throw new Error('--start is for `npm run deploy:localstack`.');
  await destroy(await runningEmulator(emulatorUrlIn(process.env)), console.log);
  rmSync(folderIn(process.env), { recursive: true, force: true });
  console.log('Nothing of Waybill is left on the emulator.');
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
