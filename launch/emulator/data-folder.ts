import path from 'node:path';
import { PROJECT_ROOT } from '../project-root.ts';

/** The folder that `WAYBILL_EMULATOR_DATA` names, or its default: an absolute path. */
export const folderIn = ({ WAYBILL_EMULATOR_DATA = '.waybill-localstack' }: NodeJS.ProcessEnv): string =>
  path.resolve(PROJECT_ROOT, WAYBILL_EMULATOR_DATA);
