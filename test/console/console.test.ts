/** The console as operators use it: one platform, one browser, and a visitor of its own for each test. */
import { suiteBrowser } from '../support/browser/browser.ts';
import { suitePlatform } from '../support/platform/suite-platform.ts';
import { accessibility } from './accessibility.ts';
import { appearance } from './appearance.ts';
import { availability } from './availability.ts';
import { healthInConsole } from './health.ts';
import { lettersInConsole } from './letters.ts';
import { ordersInConsole } from './orders.ts';
import { packingInConsole } from './packing.ts';
import { returnsInConsole } from './returns.ts';
import { signingIn } from './signing-in.ts';
import { stockInConsole } from './stock.ts';

const platform = suitePlatform();
const browser = suiteBrowser();

signingIn(platform, browser);
ordersInConsole(platform, browser);
packingInConsole(platform, browser);
returnsInConsole(platform, browser);
lettersInConsole(platform, browser);
stockInConsole(platform, browser);
healthInConsole(platform, browser);
availability(platform, browser);
appearance(platform, browser);
accessibility(platform, browser);
