/** The order of the test files: those that take long come first, so that none of them is left when the other workers are done. */
import { BaseSequencer } from 'vitest/node';

/** Known before anything was ever measured, as on a fresh clone, where vitest goes by the size of the files. */
const LONG = [
  /\/test\/e2e\/(api|orders)\.test/,
  /\/test\/(e2e|outages)\//,
  /\/test\/(saga|infra|contract)\//,
  /\/test\/property\/|\/unit\/local\/(boot|dynamodb|lambda)\//,
];

function rankOf({ moduleId }) {
  const rank = LONG.findIndex((pattern) => pattern.test(moduleId));
  return rank === -1 ? LONG.length : rank;
}

export class LongestFirst extends BaseSequencer {
  async sort(files) {
    return [...(await super.sort(files))].sort((left, right) => rankOf(left) - rankOf(right));
  }
}
