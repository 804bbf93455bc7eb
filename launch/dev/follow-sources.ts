/** `npm run dev`: what is saved runs moments later, on the same data. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildBundles } from '../../lib/bundling/build-bundles.ts';
import { readSources, sourcesOfStacks } from '../../lib/bundling/sources.ts';
import { BUNDLES_DIR, bundleDirOf, FUNCTION_NAMES, type FunctionName } from '../../lib/functions.ts';
import { loadAssembly } from '../../local/assembly/load.ts';
import type { Stack } from '../../local/assembly/template.ts';
import type { Platform } from '../platform/platform.ts';
import { PROJECT_ROOT } from '../project-root.ts';
import { buildApp } from '../tools/build.ts';
import { affectedBy, isSource } from './affected.ts';
import { faultIn } from './build-fault.ts';
import { ChangeQueue, type Changes } from './change-queue.ts';
import { inWords, listed } from './in-words.ts';
import { withNewCode } from './new-code.ts';
import { SourceWatch } from './source-watch.ts';

const FOLDERS = ['functions', 'statemachines', 'lib', 'local', 'launch', 'partners'];

export interface FollowOptions {
  readonly platform: Platform;
  readonly print: (line: string) => void;
  /** Called when another runtime runs. */
  readonly onRestart: () => void;
}

/** Takes over what is saved, from now on. Returns what ends it, when what is under way is done. */
export function followSources(options: FollowOptions): () => Promise<void> {
  const follower = new Follower(options);
  const queue = new ChangeQueue((changes) => follower.takeOver(changes));
  const watching = new SourceWatch(PROJECT_ROOT, FOLDERS, (file) => {
    if (isSource(file)) queue.add(file);
  });
  return () => {
    watching.close();
    return queue.idle();
  };
}

class Follower {
  readonly #options: FollowOptions;
  #ofFunctions = readSources();

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  /** Never rejects: a fault is printed, and what ran before goes on. */
  async takeOver({ files, savedAt }: Changes): Promise<void> {
    const { print } = this.#options;
    const what = files.length === 1 ? files[0]! : `${files[0]} and ${files.length - 1} more`;
    try {
      this.#ofFunctions ??= (await buildBundles(FUNCTION_NAMES)).sources;
      const sources = { ofFunctions: this.#ofFunctions, ofStacks: await sourcesOfStacks() };
      const { stacks, functions, program } = affectedBy(files, sources);
      if (program.length > 0) print(`! ${program.join(', ')}: part of this program. Stop it and start it again.`);
      if (!stacks && functions.length === 0) return;
      const done = stacks ? await this.#newStacks() : await this.#newBundles(functions as FunctionName[]);
      const seconds = ((performance.now() - savedAt) / 1_000).toFixed(1);
      print(`✓ ${seconds} s after ${what} was saved: ${done}`);
    } catch (error) {
      print(`✗ ${what} is not taken over; what ran before goes on.\n${faultIn(error)}`);
    }
  }

  async #newStacks(): Promise<string> {
    await buildApp(() => {});
    this.#ofFunctions = readSources();
    return this.#run(loadAssembly(path.join(PROJECT_ROOT, 'cdk.out')));
  }

  /** Only these functions are bundled: the stacks are not made of what has changed. */
  async #newBundles(names: readonly FunctionName[]): Promise<string> {
    const { files, sources } = await buildBundles(names);
    this.#ofFunctions = { ...this.#ofFunctions, ...sources };
    const folder = mkdtempSync(path.join(tmpdir(), 'bundles-'));
    try {
      for (const { path: file, contents } of files) {
        const copy = path.join(folder, path.relative(BUNDLES_DIR, file));
        mkdirSync(path.dirname(copy), { recursive: true });
        writeFileSync(copy, contents);
      }
      const bundles = new Map(
        names.map((name) => [name, path.join(folder, path.relative(BUNDLES_DIR, bundleDirOf(name)))]),
      );
      return await this.#run(withNewCode(this.#options.platform.runtime.stacks(), bundles));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  async #run(stacks: readonly Stack[]): Promise<string> {
    const { platform, print, onRestart } = this.#options;
    const { inPlace, beyond } = await platform.runtime.update(stacks);
    if (beyond.length === 0) return inWords(stacks, inPlace);
    print(`↻ The runtime starts again, for ${listed(beyond)}. Data and addresses stay.`);
    const before = platform.runtime.stacks();
    try {
      await platform.restart(stacks);
    } catch (error) {
      print(`✗ The runtime does not start with that: ${faultIn(error)}`);
      await platform.restart(before);
      throw error;
    } finally {
      onRestart();
    }
    return 'the runtime has started again';
  }
}
