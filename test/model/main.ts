/** `npm run model-check`: the saga's definition and its steps' contracts, in every order of events. */
import { type Bounds, type Explored, explore } from './explore.ts';
import type { Model } from './moves.ts';
import { MUTANTS } from './mutants.ts';
import { backordering, challenged, theModel } from './mutating.ts';
import { type Options, optionsFrom, USAGE } from './options.ts';
import { exploreRefunds } from './refunds/explore.ts';
import { OF_REFUNDS, REFUND_MUTANTS } from './refunds/mutants.ts';
import type { Budget, Wrong } from './refunds/world.ts';

/** Small bounds first: most mutants break a law soon. */
const FOR_MUTANTS: readonly Bounds[] = [
  { orders: 1, units: 1, faults: 0 },
  { orders: 1, units: 1, faults: 1 },
  { orders: 2, units: 1, faults: 0 },
  { orders: 2, units: 1, faults: 1 },
];

const count = (number: number): string => number.toLocaleString('en');
const plural = (number: number, word: string): string => `${count(number)} ${word}${number === 1 ? '' : 's'}`;

function said(
  { goodsComeLater }: Model,
  { orders, units, faults }: Bounds,
  { worlds, moves, atRest, depth, broken }: Explored,
): string {
  const bounds = `${plural(orders, 'order')}, ${plural(units, 'unit')}${goodsComeLater ? ' that comes later' : ''}, ${plural(faults, 'fault')} at most`;
  const size = `${count(worlds)} worlds (${count(atRest)} at rest), ${count(moves)} moves, ${depth} moves deep`;
  if (broken === undefined) return `✓ ${bounds}: ${size}: every law holds`;
  const way = broken.way.map((move, index) => `    ${index + 1}. ${move}`).join('\n');
  return `✗ ${bounds}: ${size}: broken is the law “${broken.law}”, by\n${way}\n    in ${JSON.stringify(broken.world)}`;
}

async function isSound(model: Model, bounds: Bounds): Promise<boolean> {
  const explored = await explore(model, bounds, (worlds) => console.log(`· ${count(worlds)} worlds so far`));
  console.log(said(model, bounds, explored));
  return explored.broken === undefined;
}

/** The law that finds the mutant. */
async function foundBy(model: Model): Promise<string | undefined> {
  for (const bounds of FOR_MUTANTS) {
    const { broken } = await explore(model, bounds);
    if (broken !== undefined) return broken.law;
  }
  return undefined;
}

const inWords = (budget: Budget): string =>
  Object.entries(budget)
    .flatMap(([name, number]: [string, number]) => (number > 0 ? [`${number} ${name}`] : []))
    .join(', ');

async function areRefundsSound(budget: Budget): Promise<boolean> {
  const { worlds, moves, atRest, broken } = await exploreRefunds(budget);
  const size = `${count(worlds)} worlds (${count(atRest)} at rest), ${count(moves)} moves`;
  const end =
    broken === undefined
      ? 'every law holds'
      : `broken is the law “${broken.law}”, by\n    ${broken.way.join('\n    ')}`;
  console.log(`${broken === undefined ? '✓' : '✗'} refunds with ${inWords(budget)} at most: ${size}: ${end}`);
  return broken === undefined;
}

/** The law that finds the mutant of refunds. */
async function refundsFoundBy(wrong: Wrong): Promise<string | undefined> {
  for (const budget of OF_REFUNDS) {
    const { broken } = await exploreRefunds(budget, wrong);
    if (broken !== undefined) return broken.law;
  }
  return undefined;
}

async function check({ alone, competing, mutants }: Options): Promise<void> {
  const results = [
    await isSound(challenged(), { orders: 1, units: 1, faults: alone }),
    await isSound(challenged(), { orders: 2, units: 1, faults: 0 }),
    await isSound(theModel(), { orders: 2, units: 1, faults: competing }),
    await isSound(backordering(), { orders: 1, units: 1, faults: alone }),
    await isSound(backordering(), { orders: 2, units: 1, faults: 0 }),
  ];
  for (const budget of OF_REFUNDS) results.push(await areRefundsSound(budget));
  const ofRefunds = Object.entries(REFUND_MUTANTS).map(([name, wrong]) => ({
    name,
    find: () => refundsFoundBy(wrong),
  }));
  const ofSagas = MUTANTS.map(({ name, model }) => ({ name, find: () => foundBy(model) }));
  for (const { name, find } of mutants ? [...ofSagas, ...ofRefunds] : []) {
    const law = await find();
    console.log(law === undefined ? `✗ ${name}: no law finds it` : `✓ ${name}: found by “${law}”`);
    results.push(law !== undefined);
  }
  const passed = results.filter(Boolean).length;
  console.log(`\n${passed} passed, ${results.length - passed} failed`);
  process.exitCode = passed === results.length ? 0 : 1;
}

try {
  const options = optionsFrom(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else await check(options);
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 2;
}
