/** What a changed file is a part of. */
import type { SourcesOfFunctions } from '../../lib/bundling/sources.ts';

export interface Affected {
  /** Whether the stacks may differ. */
  readonly stacks: boolean;
  /** The functions whose bundles may differ. */
  readonly functions: readonly string[];
  /** Files of this program itself, which only another start takes over. */
  readonly program: readonly string[];
}

export interface Sources {
  readonly ofFunctions: SourcesOfFunctions;
  /** The modules that make the stacks. */
  readonly ofStacks: ReadonlySet<string>;
}

/** Folders and files whose content goes into the stacks, beside the modules of `functions/` that they import. */
const OF_STACKS = /^(lib|statemachines)\/|^(cdk|tsconfig)\.json$/;
const OF_PROGRAM = /^(launch|local|partners)\/|^package-lock\.json$/;
/** Neither documents nor what editors leave while they write. */
const SOURCE = /(^|\/)[^./][^/]*\.(ts|mjs|json)$/;

export const isSource = (file: string): boolean => SOURCE.test(file);

/** @param files paths relative to the project, with slashes */
export function affectedBy(files: readonly string[], { ofFunctions, ofStacks }: Sources): Affected {
  // Data that a module of a function reads stands beside it, in a file of the same name.
  const modules = files.map((file) => (file.startsWith('functions/') ? file.replace(/\.json$/, '.ts') : file));
  return {
    stacks: modules.some((file) => OF_STACKS.test(file) || ofStacks.has(file)),
    functions: Object.keys(ofFunctions).filter((name) => ofFunctions[name]!.some((source) => modules.includes(source))),
    program: files.filter((file) => OF_PROGRAM.test(file)),
  };
}
