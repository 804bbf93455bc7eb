/** The simulated partners of a platform on this machine: programs with addresses and data of their own. */
import path from 'node:path';
import type { Runtime } from '../../local/boot.ts';
import { DEVELOPMENT_AUDIENCE } from '../clients/tokens.ts';
import { introduceCarrier } from './carrier.ts';
import { keepPartner } from './kept-partner.ts';
import { PartnerCredentials } from './partner-credentials.ts';
import type { PartnerOptions, PartnerProcess } from './partner-process.ts';
import {
  type ChannelUrls,
  introduce,
  introduceGateway,
  NO_CHANNELS,
  NOTIFICATIONS_URL,
  takeSecretKey,
  urlsOf,
} from './payment-channels.ts';
import { runningPartner } from './running-partner.ts';

/** Ports of the partners, by their names: those of `Partners.ports`. */
export type PartnerPorts = Readonly<Record<string, readonly number[]>>;

export interface PartnersOptions {
  /** The folder for their data; without one the data is in memory only. */
  readonly dataDir?: string | undefined;
  readonly logDir: string;
  /** Base URLs of partners that run already. @default simulated ones that are started and ended here */
  readonly running?: { readonly gateway?: string | undefined; readonly carrier?: string | undefined };
  /** How many instances gateway and carrier have. @default 1 */
  readonly instances?: number;
  /** Whether Alipay, WeChat Pay and the bank are simulated, too. @default false */
  readonly channels?: boolean | undefined;
  /** Where they listen, as far as that is decided. @default free ports */
  readonly ports?: PartnerPorts;
  /** Whether those that answer at `ports` already are taken as they are, and left running. @default false */
  readonly joins?: boolean;
  readonly warn: (message: string) => void;
}

/** What of a deployed app partners are told, and what they tell it: its outputs, its AWS endpoint, and its API. */
export type DeployedApp = Pick<Runtime, 'outputs' | 'endpointUrl' | 'url'>;

export interface Partners {
  readonly gateway: Pick<PartnerProcess, 'url' | 'urls'>;
  readonly carrier: Pick<PartnerProcess, 'url' | 'urls'>;
  /** Base URL of the simulated identity provider. */
  readonly issuerUrl: string;
  readonly channelUrls: ChannelUrls;
  /** The app's parameters that say where they are. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Of those that were started here, or joined. */
  readonly ports: PartnerPorts;
  /** Whether they are another program's, with whose end they end. */
  readonly areJoined: boolean;
  /** Lets partners and app know each other's credentials and addresses. Safe to repeat. */
  introduceTo(app: DeployedApp): Promise<void>;
  close(): Promise<void>;
}

/** @throws Error with a partner's output when it ends before it listens; the others are ended then */
export async function startPartners(options: PartnersOptions): Promise<Partners> {
  const { dataDir, logDir, running = {}, instances = 1, ports = {}, warn } = options;
  const started = new Map<string, Pick<PartnerProcess, 'url' | 'urls' | 'close'>>();
  const credentials = new PartnerCredentials(dataDir);
  const close = async (): Promise<void> => {
    await Promise.all([...started.values()].map((partner) => partner.close()));
    credentials.close();
  };
  let areJoined = false;
  const start = async (name: string, file: string, more: Partial<PartnerOptions> = {}) => {
    const joined = options.joins ? await runningPartner(ports[name]) : undefined;
    if (joined) {
      areJoined = true;
      started.set(name, joined);
      return joined;
    }
    const logFile = path.join(logDir, `partner-${name}.log`);
    const data = dataDir ? { dataFile: path.join(dataDir, file) } : {};
    const partner = await keepPartner(
      { name, ...more, ...(ports[name] && { ports: ports[name] }), logFile, ...data },
      warn,
    );
    started.set(name, partner);
    return partner;
  };
  const withCredentials = (name: string) =>
    start(name, `partner-${name}.db`, {
      ports: Array.from({ length: instances }, () => 0),
      credentialsFile: credentials.fileOf(name),
    });
  const at = (url: string | undefined) => url && { url, urls: [url] };

  try {
    const [gateway, carrier, issuer, channels] = await Promise.all([
      at(running.gateway) || withCredentials('payment-gateway'),
      at(running.carrier) || withCredentials('carrier'),
      start('identity-provider', 'partner-identity-provider.json'),
      // The name of the file is that of earlier starts, whose data go on.
      options.channels ? start('payment-channels', 'partner-wallets', { ports: [0, 0, 0] }) : undefined,
    ]);
    const channelUrls = channels ? urlsOf(channels.urls) : NO_CHANNELS;
    return {
      gateway,
      carrier,
      issuerUrl: issuer.url,
      channelUrls,
      parameters: {
        PaymentGatewayUrl: gateway.url,
        CarrierUrl: carrier.url,
        AlipayUrl: channelUrls.alipay,
        WechatPayUrl: channelUrls.wechatPay,
        BankUrl: channelUrls.bank,
        PaymentNotificationsUrl: NOTIFICATIONS_URL,
        OidcIssuer: issuer.url,
        OidcAudience: DEVELOPMENT_AUDIENCE,
      },
      ports: Object.fromEntries(
        [...started].map(([name, { urls }]) => [name, urls.map((url) => Number(new URL(url).port))]),
      ),
      areJoined,
      async introduceTo(app) {
        const { PaymentGatewayCredentialArn, CarrierCredentialArn } = app.outputs;
        if (!running.gateway) await takeSecretKey(app);
        await credentials.tell('payment-gateway', PaymentGatewayCredentialArn!, app.endpointUrl);
        await credentials.tell('carrier', CarrierCredentialArn!, app.endpointUrl);
        if (channels) await introduce(channelUrls, app);
        if (!running.gateway) await introduceGateway(gateway.url, app);
        if (!running.carrier) await introduceCarrier(carrier.url, app);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
