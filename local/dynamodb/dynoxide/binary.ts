import { createRequire } from 'node:module';
import { EngineUnavailable } from '../engine.ts';

/** The npm package with the binary for a machine; not every registry has all of them. */
const packageFor = (platform: string, arch: string): string => `@dynoxide/${platform}-${arch}`;

/** The path of the binary for this machine, or undefined when its package is not installed. */
export function findBinary(platform: string = process.platform, arch: string = process.arch): string | undefined {
  const file = platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  try {
    return createRequire(import.meta.url).resolve(`${packageFor(platform, arch)}/${file}`);
  } catch {
    return undefined;
  }
}

/** @throws EngineUnavailable */
export function binary(platform: string = process.platform, arch: string = process.arch): string {
  const found = findBinary(platform, arch);
  if (found !== undefined) return found;
  throw new EngineUnavailable(
    `dynoxide is not installed: the npm package ${packageFor(platform, arch)} is missing. Run \`npm ci\` where the package ` +
      'registry has it, or set WAYBILL_DYNAMODB=dynamodb-local, which needs Java 17 or newer.',
  );
}
