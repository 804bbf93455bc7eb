import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../project-root.ts';
import type { Origin } from './otlp.ts';

const { version } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')) as { version: string };

/** Of spans of an instance on this machine. */
export const ON_THIS_MACHINE: Origin = { version, environment: 'local' };
