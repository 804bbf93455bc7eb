/** `npm run dev`: what is saved runs moments later, without a start of the program, and on the same data. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { finalOrder, getOrder, place } from '../support/api/order-requests.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../support/platform/instance.ts';
import { ProjectCopy } from '../support/platform/project-copy.ts';
import { until } from '../support/run/eventually.ts';

const dataDir = temporaryDataDir();
let project: ProjectCopy;
let instance: Instance;
let orderId: string;

beforeAll(async () => {
  project = new ProjectCopy();
  instance = await startInstance(dataDir, {}, { root: project.root, args: ['--follow-sources'] });
  orderId = await place(instance.url, {});
  expect((await finalOrder(instance.url, orderId)).status).toBe('processing');
});

afterAll(async () => {
  await instance?.interrupt();
  removeDataDir(dataDir);
  project?.remove();
});

const health = async (path = '/health') => {
  const answer = await fetch(`${instance.url}/api/v1${path}`);
  return answer.ok ? ((await answer.json()) as { readonly status: string }).status : answer.status;
};
/** How the program says what it has taken over, in the lines since the change. */
async function taken(change: () => void, words: RegExp): Promise<string> {
  const before = instance.output().length;
  change();
  await until(`it says ${words}`, () => words.test(instance.output().slice(before)));
  return instance.output().slice(before);
}

/** The program is the same, and has kept what it knew. */
async function expectKept(): Promise<void> {
  expect(instance.process.exitCode).toBeNull();
  expect(await getOrder(instance.url, orderId)).toMatchObject({ status: 'processing' });
  const another = await place(instance.url, {});
  expect((await finalOrder(instance.url, another)).status).toBe('processing');
}

describe('A platform that follows its sources takes over', () => {
  test('a changed handler', async () => {
    expect(await health()).toBe('ok');
    const said = await taken(
      () => project.change('functions/operations/check-health.ts', "status: 'ok'", "status: 'changed'"),
      /✓ .* was saved: operations\/check-health with the new code/,
    );
    expect(said).not.toContain('starts again');
    expect(await health()).toBe('changed');
    await expectKept();
  });

  test('a changed definition', async () => {
    await taken(
      () =>
        project.change(
          'statemachines/order-saga/definition.asl.json',
          '"reason": "out_of_stock"',
          '"reason": "inventory_unavailable"',
        ),
      /✓ .* was saved: .*OrderSaga\w* .*with the new definition/,
    );
    const tooMany = await place(instance.url, { items: [{ sku: 'GRINDER', quantity: 2 }] });
    expect(await finalOrder(instance.url, tooMany)).toMatchObject({
      status: 'cancelled',
      reason: 'inventory_unavailable',
    });
    await expectKept();
  });

  test('a changed stack, with a start of the runtime in the same program', async () => {
    const said = await taken(
      () => project.change('functions/operations/routes.ts', "path: '/health',", "path: '/alive',"),
      /✓ .* was saved: the runtime has started again/,
    );
    expect(said).toContain('Data and addresses stay.');
    expect(await health('/alive')).toBe('changed');
    await expectKept();
  });

  test('nothing that does not compile, and says where it does not', async () => {
    const said = await taken(
      () => project.change('functions/operations/check-health.ts', "status: 'changed'", "status: 'broken"),
      /✗ functions\/operations\/check-health\.ts is not taken over; what ran before goes on\.\n.+/,
    );
    expect(said).toMatch(/functions\/operations\/check-health\.ts:\d+:\d+: Unterminated string literal/);
    expect(await health('/alive')).toBe('changed');
    await expectKept();
  });
});
