#!/usr/bin/env node
// Runs a TypeScript entry point of the project on the pinned Node, on any machine with Node 20 or newer:
//   node bin/bootstrap.mjs launch/platform/start.ts [arguments]
// Plain JavaScript without dependencies, because it is what installs them.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * V8 drops bytecode that has not run lately, and a function that rests between two orders would be compiled for each of them. Kept, it
 * costs less processor time, and less memory under load than compiling does.
 */
const FLAGS = ['--disable-warning=ExperimentalWarning', '--no-flush-bytecode'];
/**
 * The platform's thread grows its young generation to 100 MB under load, of which it needs a fraction. The options hold for the threads of
 * functions, too: there are more of them than processors, so that each collects its own garbage sooner than with the help of others, and holds
 * less memory.
 */
const PLATFORM_FLAGS = ['--max-semi-space-size=2', '--single-threaded-gc'];
const PLATFORM = 'launch/platform/start.ts';
const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  fail(`Waybill needs Node 20 or newer, this is ${process.version}. Install a current Node and run the command again.`);
}
if (!entry) fail('Usage: node bin/bootstrap.mjs <entry.ts> [arguments]');

installWhatIsMissing();
runOnPinnedNode();

function installWhatIsMissing() {
  const stamp = path.join(projectRoot, 'node_modules', '.waybill-install');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(projectRoot, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(pinnedNode())) return;
  process.stderr.write('Installing dependencies (once, about a minute)…\n');
  try {
    // stdout of npm goes to stderr: `npm run -s` commands keep a clean standard output.
    execFileSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
      cwd: projectRoot,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
  } catch {
    fail(
      '`npm ci` failed (its words are above). Check that the package registry can be reached, then run the command again.',
    );
  }
  if (!existsSync(pinnedNode())) {
    fail(
      '`npm ci` finished without the pinned Node: install scripts may be switched off (npm config get ignore-scripts). Run `npm rebuild node`.',
    );
  }
  writeFileSync(stamp, wanted);
}

/** TypeScript that Node has stripped and compiled once is kept, which starts programs sooner and lets them hold less memory. */
function runOnPinnedNode() {
  const child = spawn(
    pinnedNode(),
    [...FLAGS, ...(entry === PLATFORM ? PLATFORM_FLAGS : []), path.join(projectRoot, entry), ...args],
    {
      cwd: projectRoot,
      env: {
        NODE_COMPILE_CACHE: path.join(projectRoot, 'node_modules', '.cache', 'compiled'),
        // Else the C library keeps freed memory for each of many threads: 10 MB for each function that runs.
        MALLOC_ARENA_MAX: '2',
        ...process.env,
      },
      // The channel tells the child when this process is gone, however it went.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  stopWithNpm(child);
  child.on('error', (error) => fail(`The pinned Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)));
}

/** npm killed without a chance to pass the signal on would leave the program running unseen. */
function stopWithNpm(child) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 1_000).unref();
}

function pinnedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(projectRoot, 'node_modules', 'node', 'bin', name);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
