/** CDK's own command, with what `aws-cdk-local` does so that it speaks to an emulator. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { PROJECT_ROOT } from '../project-root.ts';
import type { Emulator } from './emulator.ts';

const PROGRAM = path.join(PROJECT_ROOT, 'node_modules', 'aws-cdk-local', 'bin', 'cdklocal');
const KEPT_OUTPUT_CHARACTERS = 4_000;

/**
 * Runs a command of CDK without a question.
 * @param onLine gets each line that it says
 * @throws Error with the end of what it said when it fails
 */
export async function cdk(
  { url }: Emulator,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Promise<void> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, ...args], {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: url,
      AWS_ENDPOINT_URL_S3: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
    },
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
}
