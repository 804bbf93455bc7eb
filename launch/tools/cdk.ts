/** CDK's own command as a process that asks nothing: on AWS, or with what `aws-cdk-local` does so that it speaks to an emulator. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { PROJECT_ROOT } from '../project-root.ts';

/**
 * Runs a command of CDK.
 * @param onLine gets each line that it says
 * @throws Error with the end of what it said when it fails
 */
export type Cdk = (args: readonly string[], onLine?: (line: string) => void) => Promise<void>;

const KEPT_OUTPUT_CHARACTERS = 4_000;
/** In the place of the bundling in cdk.json: what is deployed is an assembly that is there. */
const NO_BUILD = ['--build', ''];

/** @param region @default the one of the environment */
export const cdkOnAws = (region?: string): Cdk =>
  cdk('aws-cdk/bin/cdk', region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region });

/** The credentials and the region of emulators. */
export const cdkOn = (endpoint: string): Cdk =>
  cdk('aws-cdk-local/bin/cdklocal', {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
  });

const cdk =
  (script: string, environment: NodeJS.ProcessEnv): Cdk =>
  async (args, onLine = () => {}) => {
    const program = path.join(PROJECT_ROOT, 'node_modules', script);
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args, ...NO_BUILD], {
      cwd: PROJECT_ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-KEPT_OUTPUT_CHARACTERS);
        for (const line of text.split('\n')) if (line.trim() !== '') onLine(line.trimEnd());
      });
    }
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`\`cdk ${args[0]}\` ended with code ${code}:\n${output.trim()}`);
  };

/** Of CDK's many lines, those that end a stack: ` ✅  Waybill-Ledger (no changes)`, ` ✅  Waybill-Ledger: destroyed`. */
export const stacksIn = (onStack: (stack: string) => void) => (line: string) => {
  const [, stack] = /^\s*✅\s+(.*)$/.exec(line) ?? [];
  if (stack !== undefined) onStack(stack);
};
