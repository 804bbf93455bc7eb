import type { Plugin } from 'esbuild';

/**
 * Takes `node:http` from Node as `require` does. An ES module that imports it gets all of its exports read, and one of them, `WebSocket`,
 * loads undici: 5 MB and some 25 ms of processor time of every cold start, for nothing that a function uses.
 */
export const httpWithoutUndici: Plugin = {
  name: 'http-without-undici',
  setup(build) {
    build.onResolve({ filter: /^(node:)?http$/ }, () => ({ path: 'node:http', namespace: 'node' }));
    build.onLoad({ filter: /^node:http$/, namespace: 'node' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}');`,
      loader: 'js',
    }));
  },
};
