import type { LanguageSet } from './template.ts';

export const CHINESE: LanguageSet = {
  templates: {
    'order-created': {
      version: 1,
      subject: '我们已收到您的订单',
      paragraphs: ['感谢您的订购。我们已收到您的订单 {orderId}：{items}。', '订单金额为 {total}。'],
    },
    'order-held': {
      version: 1,
      subject: '您的订单正在审核',
      paragraphs: [
        '感谢您的订购。我们已收到您的订单 {orderId}：{items}。订单金额为 {total}。',
        '订单需先经商店人工审核。您无需进行任何操作，目前也尚未扣款。',
      ],
    },
    'order-backordered': {
      version: 1,
      subject: '您的订单正在等待到货',
      paragraphs: [
        '您的订单 {orderId} 正在等待 {awaited} 到货，目前库存不足。到货后才需付款。',
        '若在 {until} 之前仍未到货，我们将取消订单，您无需支付任何费用。',
      ],
    },
    'units-removed': {
      version: 1,
      subject: '您订购的商品库存不足',
      paragraphs: [
        '{removed} 库存不足，我们已将其从您的订单 {orderId} 中移除，您无需为其付款。',
        '其余商品照常发货，金额为 {total}。',
      ],
    },
    'payment-action-needed': {
      version: 1,
      subject: '您的付款需要您的操作',
      paragraphs: [
        '支付订单 {orderId} 的 {amount} 需要您的操作，具体步骤请查看订单。',
        '若在 {until} 之前未完成付款，我们将取消订单。',
      ],
    },
    'order-confirmed': {
      version: 1,
      subject: '您的订单已确认',
      paragraphs: ['您的订单 {orderId} 已付款：{total}。', '我们正在备货，将交由 {carrier} 配送。'],
    },
    'order-shipped': {
      version: 2,
      subject: '您的订单已发货',
      paragraphs: [
        '您的订单 {orderId} 已由 {carrier} 发出。',
        '运单号为 {trackingNumber}。',
        '各包裹的运单号为 {trackingNumbers}。',
        '该订单分 {parcels} 个包裹发出，每个包裹发出时我们都会通知您。',
      ],
    },
    'parcel-shipped': {
      version: 1,
      subject: '您的又一个包裹已发出',
      paragraphs: ['您的订单 {orderId} 的又一个包裹已由 {carrier} 发出。', '运单号为 {trackingNumber}。'],
    },
    'parcel-out-for-delivery': {
      version: 1,
      subject: '您的包裹正在派送',
      paragraphs: ['{carrier} 正在派送您的订单 {orderId} 的包裹。', '运单号为 {trackingNumber}。'],
    },
    'delivery-attempted': {
      version: 1,
      subject: '您的包裹派送未成功',
      paragraphs: [
        '{carrier} 尝试派送您的订单 {orderId} 的包裹，但未成功。',
        '如需另约时间，请提供运单号 {trackingNumber}。',
      ],
    },
    'order-delivered': {
      version: 1,
      subject: '您的订单已送达',
      paragraphs: ['{carrier} 已送达您的订单 {orderId}。', '如有问题，您可以申请退货。'],
    },
    'order-cancelled': {
      version: 1,
      subject: '您的订单已取消',
      paragraphs: ['您的订单 {orderId} 已取消，原因：{reason}。', '{money}'],
    },
    'payment-refunded': {
      version: 2,
      subject: '我们已退款 {amount}',
      paragraphs: [
        '我们已按原支付方式退还您订单 {orderId} 的 {amount}。',
        '我们已扣除退货手续费 {restockingFee}。',
        '银行可能需要几天才能入账。',
      ],
    },
    'refund-reversed': {
      version: 1,
      subject: '一笔退款被退回',
      paragraphs: [
        '您订单 {orderId} 的退款 {amount} 未能付给您，已退回我们这里。',
        '我们正在处理，您无需进行任何操作。',
      ],
    },
    'return-requested': {
      version: 3,
      subject: '我们等待您的退货',
      paragraphs: [
        '我们等待您退回订单 {orderId} 中的 {returned}。',
        '请在包裹上写明退货编号：{returnId}。收到后我们会告知您处理结果。',
        '我们将从退款中扣除 {restockingFeeBasisPoints} 作为退货手续费。',
        '若在 {until} 之前未收到任何商品，退货将过期，商品由您保留。',
      ],
    },
    'return-received': {
      version: 2,
      subject: '我们已收到您的退货',
      paragraphs: [
        '关于您订单 {orderId} 的退货：',
        '我们已接受 {accepted}，并将退还您已支付且尚未退还的款项。',
        '其中扣除退货手续费 {restockingFee}。',
        '我们无法接受 {rejected}。',
      ],
    },
    'return-withdrawn': {
      version: 1,
      subject: '您的退货已撤回',
      paragraphs: ['您订单 {orderId} 中 {withdrawn} 的退货已撤回，商品由您保留。'],
    },
    'return-expired': {
      version: 1,
      subject: '您的退货已过期',
      paragraphs: [
        '我们一直在等待您退回订单 {orderId} 中的 {expired}，但未在期限内收到任何商品。退货已过期，商品由您保留。',
        '如果商品已在途中，您无需进行任何操作，收到后我们会照常处理。',
      ],
    },
  },
  words: {
    cancellation: {
      customer_request: '应您的要求',
      operator_request: '商店不得不取消',
      rejected: '未通过审核',
      out_of_stock: '有商品已售罄',
      backorder_expired: '等待的商品未能按时到货',
      reservation_expired: '超过商品保留期限仍未付款',
      payment_not_made: '未按时付款',
      payment_declined: '付款被拒绝',
      address_refused: '承运商不配送该地址',
      inventory_unavailable: '无法联系仓库',
      payment_unavailable: '无法完成付款',
      carrier_unavailable: '无法联系承运商',
    },
    rejection: {
      damaged: '已损坏',
      used: '已使用',
      wrong_article: '并非所售商品',
      not_in_package: '包裹中没有',
      other: '其他原因，请查看订单',
    },
    nothingToPay: '您无需支付任何费用。',
    refundDelayed: '如已扣款或冻结款项，目前尚未退还；我们正在处理，您无需进行任何操作。',
    comma: '、',
    because: ['（', '）'],
  },
};
