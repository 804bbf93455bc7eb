/** Alipay and WeChat Pay in one process, which takes half the memory of two: the first port is Alipay's, the second that of WeChat Pay. */
import { alipay } from '../alipay/program.ts';
import { runProgram } from '../shared/run-program.ts';
import { wechatPay } from '../wechat-pay/program.ts';

await runProgram((dataFile) => {
  const [first, second] = [alipay(dataFile && `${dataFile}.alipay`), wechatPay(dataFile && `${dataFile}.wechat-pay`)];
  return {
    routes: first.routes,
    furtherRoutes: [second.routes],
    close: () => {
      first.close();
      second.close();
    },
  };
});
