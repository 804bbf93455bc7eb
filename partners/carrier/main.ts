import { runPartner } from '../shared/run-partner.ts';
import { carrierRoutes } from './server.ts';

await runPartner(carrierRoutes);
