const words = { charge: 3, refund: 3, declined: 4, urgent: 5 };

const score = (text) =>
  Object.entries(words).reduce((sum, [word, weight]) => sum + (text.toLowerCase().includes(word) ? weight : 0), 0);

exports['score-batch'] = async ({ BatchInput, Items }) => {
  console.log(BatchInput.team, 'scores', Items.length, 'tickets');
  return Items.map(({ id, text }) => ({ id, score: score(text) }));
};
