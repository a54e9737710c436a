// Each round of water adds 12 percent to the 30 at the start.
exports['measure-moisture'] = ({ bed, rounds }) => {
  const moisture = 30 + 12 * rounds;
  console.log(bed, `${moisture} %`);
  return moisture;
};
