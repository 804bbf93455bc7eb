/** A copy of this project, for tests that change its sources. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** What the platform is made of, and what was made of it. */
const PARTS = [
  'bin',
  'console',
  'functions',
  'launch',
  'lib',
  'local',
  'partners',
  'statemachines',
  'cdk.out',
  'dist/functions',
];
const FILES = ['cdk.json', 'package.json', 'package-lock.json', 'tsconfig.json'];

export class ProjectCopy {
  readonly root = mkdtempSync(path.join(tmpdir(), 'waybill-project-'));

  constructor() {
    for (const part of [...PARTS, ...FILES]) {
      cpSync(path.join(ROOT, part), path.join(this.root, part), { recursive: true });
    }
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(this.root, 'node_modules'));
  }

  /** Saves a file with `now` in place of `before`. @throws Error when the file does not have it */
  change(file: string, before: string, now: string): void {
    const saved = path.join(this.root, file);
    const text = readFileSync(saved, 'utf8');
    if (!text.includes(before)) throw new Error(`${file} does not have: ${before}`);
    writeFileSync(saved, text.replace(before, now));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}
