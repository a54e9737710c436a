exports['book-flight'] = async ({ from, to }) => {
  console.log('flight', from, 'to', to);
  return { booking: 'FL-2207' };
};

exports['book-hotel'] = async ({ to, nights }) => {
  console.log(nights, 'nights in', to);
  return { booking: 'HO-0815' };
};

// Cards that end in 2 are declined. Try another number under Input.
exports['charge-card'] = async ({ card, amount }) => {
  if (card.endsWith('2')) {
    const error = new Error(`Card ${card} was declined for ${amount}`);
    error.name = 'CardDeclined';
    throw error;
  }
  return { receipt: 'R-4411' };
};

exports.cancel = async ({ booking }) => {
  console.warn('cancelled', booking);
  return { cancelled: booking };
};
