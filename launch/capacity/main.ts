/** `npm run capacity`: which limits of AWS so many orders a second meet. */
import { parseArgs } from 'node:util';
import { capacityLines } from './capacity.ts';
import { SHOP, type Shop } from './quotas.ts';

const OPTIONS = {
  'orders-per-second': { type: 'string', default: '100' },
  'popular-share': { type: 'string', default: String(SHOP.popularShare) },
  'alike-share': { type: 'string', default: String(SHOP.alikeShare) },
  'waiting-share': { type: 'string', default: String(SHOP.waitingShare) },
  'partner-seconds': { type: 'string', default: String(SHOP.partnerSeconds) },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const USAGE = `Usage: npm run capacity -- [--orders-per-second <n>] [--popular-share <0..1>] …

Names each quota and each limit of a partition on an order's way, what one order uses of it, and at how many orders a second it binds.

  --orders-per-second <n>   (default ${OPTIONS['orders-per-second'].default})
  --popular-share <0..1>    orders that want the most popular article (default ${SHOP.popularShare})
  --alike-share <0..1>      orders whose articles begin with the same two characters (default ${SHOP.alikeShare})
  --waiting-share <0..1>    orders that wait for their customer, their goods or a partner (default ${SHOP.waitingShare})
  --partner-seconds <s>     how long a call to a partner takes (default ${SHOP.partnerSeconds})
  --help

What an order uses is metered by \`npm run bench -- --only cost\`.`;

try {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) console.log(USAGE);
  else {
    const share = (option: 'popular-share' | 'alike-share' | 'waiting-share') => numberOf(option, values[option], 1);
    const shop: Shop = {
      popularShare: share('popular-share'),
      alikeShare: share('alike-share'),
      waitingShare: share('waiting-share'),
      partnerSeconds: numberOf('partner-seconds', values['partner-seconds'], 60),
    };
    for (const line of capacityLines(numberOf('orders-per-second', values['orders-per-second'], 1e6), shop)) {
      console.log(line);
    }
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.error('npm run capacity -- --help tells more.');
  process.exitCode = 1;
}

function numberOf(option: string, text: string, most: number): number {
  const number = Number(text);
  if (text.trim() !== '' && number > 0 && number <= most) return number;
  throw new Error(`--${option} is "${text}"; expected a number above 0, and at most ${most}.`);
}
