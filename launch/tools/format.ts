/** `npm run format`: puts every file into the one format, and its imports in order (Biome). */
import { runTool } from './run-tool.ts';

process.exit(runTool('@biomejs/biome/bin/biome', ['check', '--write', '.']));
