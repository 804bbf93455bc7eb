import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** The file of a browser that is not in the list below. */
export const BROWSER_VARIABLE = 'WAYBILL_BROWSER';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const OUTSIDE_OF_PATH = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const NO_BROWSER = `No Chromium was found. On Debian and Ubuntu: apt-get update && apt-get install -y chromium fonts-noto-cjk
Elsewhere install Chromium, Chrome or Edge, or name its file in ${BROWSER_VARIABLE}.`;

/** The file of a browser of this machine that speaks Chromium's protocol; undefined where there is none. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const { [BROWSER_VARIABLE]: named, PATH = '' } = environment;
  if (named !== undefined) return named;
  const folders = PATH.split(path.delimiter).filter((folder) => folder !== '');
  return [...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), ...OUTSIDE_OF_PATH].find(
    isProgram,
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
