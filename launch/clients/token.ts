/** `npm run -s token -- --sub C1 --role customer`: prints a token for the running instance, and nothing else. */
import { parseArgs } from 'node:util';
import { instanceUrl } from './instance-url.ts';
import { issuerOf, type TokenRequest, tokenFrom } from './tokens.ts';

const USAGE = `Usage: npm run -s token -- --sub <id> --role customer|operator
         [--scope "orders:read orders:approve"] [--email <address>] [--name <name>]
         [--expires-in <seconds>] [--audience <name>] [--help]
The instance is the one at WAYBILL_URL, or on PORT of this machine.`;

/** Long enough for a day's work; a real issuer's tokens live for minutes. */
const DEFAULT_LIFETIME_SECONDS = 12 * 3_600;

try {
  const request = requested();
  console.log(request === 'help' ? USAGE : await tokenFrom(await issuerOf(instanceUrl()), request));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** @throws Error with the usage when the arguments make no token */
function requested(): TokenRequest | 'help' {
  const {
    sub,
    role,
    scope,
    email,
    name,
    audience,
    'expires-in': lifetime = String(DEFAULT_LIFETIME_SECONDS),
    help,
  } = parsed();
  if (help) return 'help';
  if (sub === undefined || role === undefined) throw new Error(`--sub and --role are needed.\n${USAGE}`);
  if (role !== 'customer' && role !== 'operator') {
    throw new Error(`--role is "${role}"; expected customer or operator.\n${USAGE}`);
  }
  if (!/^-?\d+$/.test(lifetime)) throw new Error(`--expires-in is "${lifetime}"; expected whole seconds.\n${USAGE}`);
  const optional = Object.entries({ scope, email, name, audience }).filter(([, value]) => value !== undefined);
  return { sub, role, expires_in: Number(lifetime), ...(Object.fromEntries(optional) as Partial<TokenRequest>) };
}

function parsed() {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      options: {
        sub: text,
        role: text,
        scope: text,
        email: text,
        name: text,
        audience: text,
        'expires-in': text,
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    throw new Error(`${(cause as Error).message}\n${USAGE}`, { cause });
  }
}
