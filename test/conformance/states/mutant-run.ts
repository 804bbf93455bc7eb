import { registerHooks } from 'node:module';
import { MUTANTS } from './mutants.ts';

/** Breaks one rule of the engine, and ends with 0 when a case finds it. */
const { file, from, to } = MUTANTS[Number(process.argv[2])]!;
let applied = false;
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(`/local/states/${file}`)) return loaded;
    const source =
      loaded.source === undefined || loaded.source === null ? '' : Buffer.from(loaded.source as Uint8Array).toString();
    applied = source.includes(from);
    return { ...loaded, source: source.replace(from, to) };
  },
});
const { cases, holds } = await import('./case.ts');
let found = false;
for (const [, one] of cases()) found ||= !(await holds(one).catch(() => false));
if (!applied) process.exit(2);
process.exit(found ? 0 : 1);
