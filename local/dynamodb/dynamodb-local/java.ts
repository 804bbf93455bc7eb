import { spawnSync } from 'node:child_process';
import { EngineUnavailable } from '../engine.ts';

const OLDEST_JAVA = 17;

const HOW_TO_INSTALL = [
  `DynamoDB Local, in which the embedded runtime keeps tables, needs Java ${OLDEST_JAVA} or newer. A JRE is enough:`,
  '  Debian, Ubuntu  sudo apt-get install openjdk-17-jre-headless',
  '  Fedora          sudo dnf install java-21-openjdk-headless',
  '  macOS           brew install openjdk',
  '  others          https://adoptium.net',
  'Then make sure that `java -version` works in this shell, or set JAVA_HOME.',
  'Without Java: where `npm ci` has installed dynoxide (npm package @dynoxide/<platform>-<architecture>), tables are kept in it,',
  'unless WAYBILL_DYNAMODB=dynamodb-local is set or the data folder already has tables of DynamoDB Local.',
].join('\n');

/** Java is missing or too old. The message says what was found, what is needed and how to install it. */
export class JavaUnavailable extends EngineUnavailable {
  constructor(found: string) {
    super(`${found}\n${HOW_TO_INSTALL}`);
  }
}

/** The command that starts a suitable Java: of JAVA_HOME when that is set, else of the PATH. @throws JavaUnavailable */
export function findJava(env: NodeJS.ProcessEnv = process.env): string {
  const home = env['JAVA_HOME'];
  const command = home === undefined || home === '' ? 'java' : `${home}/bin/java`;
  const { error, stderr, stdout, status } = spawnSync(command, ['-version'], { encoding: 'utf8', env });
  if (error !== undefined) throw new JavaUnavailable(`Java was not found: \`${command}\` cannot be started.`);
  const output = `${stderr}${stdout}`.trim();
  const version = majorVersion(output);
  if (status !== 0 || version === undefined) {
    throw new JavaUnavailable(
      `Java was not found: \`${command} -version\` answered ${JSON.stringify(output.split('\n')[0] ?? '')}.`,
    );
  }
  if (version < OLDEST_JAVA) throw new JavaUnavailable(`Java ${version} was found (\`${command}\`), which is too old.`);
  return command;
}

/** 17 of `openjdk version "17.0.15"`, 8 of `java version "1.8.0_402"`. */
function majorVersion(output: string): number | undefined {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  if (first === undefined) return undefined;
  return first === '1' && second !== undefined ? Number(second) : Number(first);
}
