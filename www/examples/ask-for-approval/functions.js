// What the manager sends back with the token. More than 500 is refused.
exports.AskTheManager = async ({ MessageBody }) => {
  const { order, amount } = MessageBody.refund;
  console.log('asked about', order, 'with token', `${MessageBody.taskToken.slice(0, 12)}…`);
  if (amount > 500) {
    const error = new Error(`A refund of ${amount} is too much`);
    error.name = 'RefundRefused';
    throw error;
  }
  return { approved: true, by: 'Mira' };
};

exports['pay-back'] = async ({ order, amount }) => {
  console.log('paid back', amount, 'for', order);
  return { receipt: `R-${order}` };
};

exports['sns:publish'] = async ({ Message }) => {
  console.info('news:', Message);
  return { MessageId: 'm-7' };
};
