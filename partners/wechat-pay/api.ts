import { X509Certificate } from 'node:crypto';
import type { Faults } from '../shared/faults.ts';
import { type Answer, type Call, HANG_UP, type Route } from '../shared/http.ts';
import { sealed, validCertificates, type WechatPaySecrets } from './identity.ts';
import type { Orders } from './orders.ts';
import { chinaTime, merchant, order, prepayIdOf, Refusal, refund } from './protocol.ts';
import { shownOrder, shownRefund } from './shown.ts';
import { checkAuthorization, signedHeaders } from './signing.ts';

/**
 * What can go wrong with a request: it is not carried out (`ignored`), or it is and the answer is lost (`lost`), says that WeChat Pay failed
 * (`system-error` without an effect, `system-error-after` with it), has a wrong signature (`forged`) or none (`unsigned`). A refund can stay
 * in progress (`pending`), or be refused while the merchant has no money (`not-enough`).
 */
export const FAULTS = [
  'ignored',
  'lost',
  'system-error',
  'system-error-after',
  'too-many',
  'forged',
  'unsigned',
  'pending',
  'not-enough',
] as const;
type Fault = (typeof FAULTS)[number];

interface ApiOptions {
  readonly orders: Orders;
  readonly faults: Faults<Fault>;
  readonly secrets: WechatPaySecrets;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly bills: readonly Route[];
}

type CarryOut = (call: Call, fault: Fault | undefined) => object | undefined;

/** What is asked is named by its method and the pattern of its path, as in `PUT /v1/faults`. */
export function apiRoutes({ orders, faults, secrets, now, bills }: ApiOptions): Route[] {
  const { mchid, appid, certified } = secrets;
  const own = (asked: { readonly mchid: string; readonly appid?: string }): void => {
    if (asked.mchid !== mchid || (asked.appid ?? appid) !== appid) throw new Refusal(400, 'APPID_MCHID_NOT_MATCH');
  };
  const place = (call: Call) => {
    const asked = order.parse(call.body);
    own(asked);
    return { asked, placed: orders.place(asked, String(call.headers['wechatpay-serial'] ?? certified.serial)) };
  };

  const operations: Readonly<Record<string, CarryOut>> = {
    'POST /v3/pay/transactions/native': (call) => ({
      code_url: `weixin://wxpay/bizpayurl?pr=${place(call).placed.number}`,
    }),
    'POST /v3/pay/transactions/h5': (call) => {
      const { asked, placed } = place(call);
      if (asked.scene_info?.h5_info === undefined) throw new Refusal(400, 'PARAM_ERROR', 'scene_info is missing.');
      return { h5_url: `http://${call.headers.host}/cashier/${placed.number}` };
    },
    'POST /v3/pay/transactions/jsapi': (call) => {
      const { asked, placed } = place(call);
      if (asked.payer === undefined) throw new Refusal(400, 'PARAM_ERROR', 'payer is missing.');
      return { prepay_id: prepayIdOf(placed.transactionId) };
    },
    'GET /v3/pay/transactions/out-trade-no/:number': ({ params, query }) => {
      own({ mchid: query.get('mchid') ?? '' });
      return shownOrder(orders.known(params['number']!), secrets);
    },
    'POST /v3/pay/transactions/out-trade-no/:number/close': ({ params, body }) => {
      own(merchant.parse(body));
      orders.close(params['number']!);
      return undefined;
    },
    'POST /v3/refund/domestic/refunds': ({ body }, fault) => {
      const asked = refund.parse(body);
      if (fault === 'not-enough') throw new Refusal(403, 'NOT_ENOUGH');
      const accepted = orders.refund(asked, fault === 'pending');
      return shownRefund(orders.known(asked.out_trade_no), accepted);
    },
    'GET /v3/refund/domestic/refunds/:refund': ({ params }) => {
      const { order: of, refund: named } = orders.refundNamed(params['refund']!);
      return shownRefund(of, named);
    },
    'GET /v3/certificates': () => ({
      data: validCertificates(secrets).map(({ serial, certificate }) => ({
        serial_no: serial,
        effective_time: chinaTime(Date.parse(new X509Certificate(certificate).validFrom)),
        expire_time: chinaTime(Date.parse(new X509Certificate(certificate).validTo)),
        encrypt_certificate: sealed(certificate, 'certificate', secrets),
      })),
    }),
  };

  const answer = (operation: string, method: string, carryOut: CarryOut) => (call: Call) => {
    const fault = faults.take(operation);
    if (fault === 'ignored') return HANG_UP;
    const asked = call.headers['wechatpay-serial'];
    const signed = (status: number, body?: object): Answer => {
      const text = body === undefined ? '' : JSON.stringify(body);
      return { status, body: text, headers: signedHeaders(text, String(asked), secrets, now()) };
    };
    const refused = ({ status, code, message }: Refusal) => signed(status, { code, message });
    if (fault === 'system-error') return refused(new Refusal(500, 'SYSTEM_ERROR'));
    if (fault === 'too-many') return refused(new Refusal(429, 'FREQUENCY_LIMITED'));
    try {
      checkAuthorization(call, method, secrets, now());
      const body = carryOut(call, fault);
      if (fault === 'lost') return HANG_UP;
      if (fault === 'system-error-after') return refused(new Refusal(500, 'SYSTEM_ERROR'));
      const good = signed(body === undefined ? 204 : 200, body);
      if (fault === 'forged') return { ...good, headers: { ...good.headers, 'wechatpay-nonce': 'forged' } };
      return fault === 'unsigned' ? { status: good.status, body: good.body } : good;
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      if (error instanceof Error && error.name === 'ZodError') {
        return refused(new Refusal(400, 'PARAM_ERROR', error.message));
      }
      throw error;
    }
  };

  return [
    ...Object.entries(operations).map(([operation, carryOut]): Route => {
      const [method, path] = operation.split(' ') as ['GET' | 'POST', string];
      const pattern = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[\\w|*@-]{1,64})')}$`);
      return { method, path: pattern, handle: answer(operation, method, carryOut) };
    }),
    ...bills.map(
      (route): Route => ({
        ...route,
        handle: async (call) => {
          try {
            checkAuthorization(call, route.method, secrets, now());
          } catch (error) {
            if (error instanceof Refusal) {
              return { status: error.status, body: { code: error.code, message: error.message } };
            }
            throw error;
          }
          const given = await route.handle(call);
          if (typeof given === 'symbol' || typeof given.body === 'string' || given.body instanceof Uint8Array) {
            return given;
          }
          const text = JSON.stringify(given.body);
          return {
            ...given,
            body: text,
            headers: signedHeaders(text, String(call.headers['wechatpay-serial']), secrets, now()),
          };
        },
      }),
    ),
  ];
}
