/** Where a server is. */
export interface Server {
  /** A host name or an IP address. */
  readonly host: string;
  readonly port: number;
  /** Whether it speaks HTTPS. */
  readonly secure: boolean;
}

/** Its base URL, without a slash at the end. */
export const addressOf = ({ host, port, secure }: Server): string =>
  `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
