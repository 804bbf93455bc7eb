/** `npm run typecheck`: the whole tree, strict; the console by itself, because it runs in a browser. */
import { runTool } from './run-tool.ts';

const types = (project: string) => runTool('typescript/bin/tsc', ['-p', project]);
process.exit(types('.') || types('console'));
