import type { Faults } from '../shared/faults.ts';
import { type Answer, type Answered, type Call, HANG_UP, HttpError, type Route } from '../shared/http.ts';
import { calls, numberIn } from './calls.ts';
import { cashier } from './customer.ts';
import type { Downloads } from './downloads.ts';
import { type AlipaySecrets, certificateSn } from './identity.ts';
import { type Common, common, fromChinaTime, order, Refusal } from './protocol.ts';
import { isFromMerchant, signedAnswer } from './signing.ts';
import type { Trades } from './trades.ts';

/**
 * What can go wrong with a call: it is not carried out (`ignored`), or it is and the answer is lost (`lost`), says that Alipay failed
 * (`system-error` without an effect, `system-error-after` with it), has a wrong signature (`forged`) or none (`unsigned`). A refund can be
 * accepted only (`pending`), or refused while the merchant has no money (`seller-balance`). The customer can pay right before it is carried out
 * (`paid-before`).
 */
export const FAULTS = [
  'ignored',
  'lost',
  'system-error',
  'system-error-after',
  'forged',
  'unsigned',
  'pending',
  'seller-balance',
  'paid-before',
] as const;
export type Fault = (typeof FAULTS)[number];

interface GatewayOptions {
  readonly trades: Trades;
  readonly downloads: Pick<Downloads, 'linkTo'>;
  readonly faults: Faults<Fault>;
  readonly secrets: AlipaySecrets;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

const PATH = /^\/gateway\.do$/;
const PAGES = ['alipay.trade.page.pay', 'alipay.trade.wap.pay'];
const CLOCK_TOLERANCE_MS = 15 * 60_000;

/** `POST /gateway.do` for calls; a page is opened by the customer's browser. */
export function gatewayRoutes({ trades, downloads, faults, secrets, now }: GatewayOptions): Route[] {
  const byMethod = calls(trades, downloads);

  function answer(call: Call): Answered {
    const parameters = parametersOf(call);
    const asked = common.safeParse(parameters);
    if (!asked.success) return signed('error_response', refused(new Refusal('isv.invalid-parameter', '40002')));
    const { method, app_cert_sn: appSn } = asked.data;
    const node = `${method.replaceAll('.', '_')}_response`;
    const sn = appSn === undefined ? undefined : certificateSn(secrets.certificates.alipay);
    const fault = faults.take(method);
    if (fault === 'ignored') return HANG_UP;
    if (fault === 'system-error') {
      return signed(
        node,
        { code: '20000', msg: 'Service Currently Unavailable', sub_code: 'aop.ACQ.SYSTEM_ERROR' },
        sn,
      );
    }
    const faulty = admissionFault(parameters, asked.data);
    if (faulty !== undefined) return signed('error_response', refused(faulty), sn);
    const carryOut = byMethod[method];
    if (carryOut === undefined) {
      return signed('error_response', refused(new Refusal('isv.invalid-method', '40002')), sn);
    }
    const content = contentOf(() => {
      const wanted = JSON.parse(asked.data.biz_content) as unknown;
      if (fault === 'paid-before') trades.pay(numberIn(wanted));
      return carryOut(wanted, asked.data, fault, originOf(call));
    });
    if (fault === 'lost') return HANG_UP;
    if (fault === 'system-error-after') return signed(node, { code: '40004', sub_code: 'ACQ.SYSTEM_ERROR' }, sn);
    const text = signedAnswer(node, content, secrets, sn);
    if (fault === 'forged') return whole(text.replace('"code":', '"code" :'));
    return whole(fault === 'unsigned' ? text.replace(/,"sign":"[^"]+"/, '') : text);
  }

  /** Why the gateway does not let a call through. */
  function admissionFault(parameters: Readonly<Record<string, string>>, asked: Common): Refusal | undefined {
    const { app_id: appId, timestamp, app_cert_sn: appSn, alipay_root_cert_sn: rootSn } = asked;
    if (appId !== secrets.appId) return new Refusal('isv.invalid-app-id', '40002');
    if (!isFromMerchant(parameters, secrets)) return new Refusal('isv.invalid-signature', '40002');
    if (!(Math.abs(fromChinaTime(timestamp) - now()) <= CLOCK_TOLERANCE_MS)) {
      return new Refusal('isv.invalid-timestamp', '40002');
    }
    const { app, root } = secrets.certificates;
    const knows = appSn === undefined || (appSn === certificateSn(app) && rootSn === certificateSn(root));
    return knows ? undefined : new Refusal('isv.app-cert-sn-invalid', '40002');
  }

  const signed = (node: string, content: object, sn?: string) => whole(signedAnswer(node, content, secrets, sn));

  return [
    { method: 'POST', path: PATH, handle: answer },
    {
      method: 'GET',
      path: PATH,
      handle: (call) => {
        const parameters = parametersOf(call);
        const asked = common.safeParse(parameters);
        if (!asked.success || !PAGES.includes(asked.data.method)) throw new HttpError(400, 'invalid-parameter');
        const faulty = admissionFault(parameters, asked.data);
        if (faulty !== undefined) throw new HttpError(400, faulty.subCode);
        const { biz_content: content, notify_url: notifyUrl, return_url: returnUrl } = asked.data;
        try {
          const { number } = trades.offer(order.parse(JSON.parse(content)), notifyUrl);
          return cashier(trades.begin(number), returnUrl);
        } catch (error) {
          throw error instanceof Refusal ? new HttpError(409, error.subCode) : error;
        }
      },
    },
  ];
}

/** Those of the URL and those of the form. */
const parametersOf = ({ query, body }: Call): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(query),
  ...(body as Readonly<Record<string, string>> | undefined),
});

const originOf = ({ headers }: Call): string => `http://${headers.host}`;

/** What the call comes to: a refusal is an answer, too. */
function contentOf(carryOut: () => object): object {
  try {
    return { code: '10000', msg: 'Success', ...carryOut() };
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    if (error instanceof Error && error.name === 'ZodError') return refused(new Refusal('ACQ.INVALID_PARAMETER'));
    throw error;
  }
}

const refused = ({ code, subCode }: Refusal) => ({ code, msg: 'Business Failed', sub_code: subCode, sub_msg: subCode });

const whole = (body: string): Answer => ({ status: 200, body, headers: { 'content-type': 'text/html;charset=utf-8' } });
