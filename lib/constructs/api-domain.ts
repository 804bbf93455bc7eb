import { EndpointAccessMode, EndpointType, type RestApi, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Environment } from '../stages/environment.ts';

/**
 * Serves the API at a name of the shop's.
 * @returns the URL
 */
export function serveAt(api: RestApi, { name, certificateArn }: NonNullable<Environment['domain']>): string {
  api.addDomainName('Domain', {
    domainName: name,
    certificate: Certificate.fromCertificateArn(api, 'Certificate', certificateArn),
    endpointType: EndpointType.REGIONAL,
    // TLS 1.2 with forward secrecy, and 1.3.
    securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
    endpointAccessMode: EndpointAccessMode.STRICT,
  });
  return `https://${name}/`;
}
