/** Alipay, WeChat Pay and the bank in one process, which takes a third of the memory of three. Their ports are in this order. */
import { alipay } from '../alipay/program.ts';
import { bank } from '../bank/program.ts';
import { runProgram } from '../shared/run-program.ts';
import { wechatPay } from '../wechat-pay/program.ts';

await runProgram((dataFile) => {
  const all = [
    alipay(dataFile && `${dataFile}.alipay`),
    wechatPay(dataFile && `${dataFile}.wechat-pay`),
    bank(dataFile && `${dataFile}.bank`),
  ] as const;
  const [first, ...others] = all;
  return {
    routes: first.routes,
    furtherRoutes: others.map(({ routes }) => routes),
    close: () => {
      for (const each of all) each.close();
    },
  };
});
