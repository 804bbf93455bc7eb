/** The CDK app as the `cdk` command runs it (see cdk.json); `npm run synth` does the same in one process. */
import { waybillApp } from '../lib/waybill-app.ts';

waybillApp().synth();
