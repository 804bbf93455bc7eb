/** The order of the test files: those that take long come first, so that none of them is left when the other worker is done. */
import TestSequencer from '@jest/test-sequencer';

/** Known before anything was ever measured, as on a fresh clone, where jest goes by the size of the files. */
const LONG = [
  /[/\\]test[/\\](e2e|outages)[/\\]/,
  /[/\\]unit[/\\]local[/\\](boot|dynamodb)[/\\]/,
  /[/\\]test[/\\](contract|infra)[/\\]/,
];

function rankOf({ path }) {
  const rank = LONG.findIndex((pattern) => pattern.test(path));
  return rank === -1 ? LONG.length : rank;
}

export default class LongestFirst extends TestSequencer {
  async sort(tests) {
    return [...(await super.sort(tests))].sort((left, right) => rankOf(left) - rankOf(right));
  }
}
