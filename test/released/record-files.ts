import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Released } from './rules/refusals.ts';

const file = (name: string) => path.join(import.meta.dirname, name);

/** What `npm run record-release` writes. */
export const FILES = {
  resources: file('resources.json'),
  events: file('events.json'),
  definitions: file('definitions.json'),
  reasons: file('reasons.md'),
};

const read = (name: string): unknown => JSON.parse(readFileSync(name, 'utf8'));

export const readRecord = (): Released => ({
  resources: read(FILES.resources) as Released['resources'],
  events: read(FILES.events) as Released['events'],
  definitions: read(FILES.definitions) as Released['definitions'],
});
