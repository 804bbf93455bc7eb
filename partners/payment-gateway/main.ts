import { runPartner } from '../shared/run-partner.ts';
import { gatewayRoutes } from './server.ts';

await runPartner(gatewayRoutes);
