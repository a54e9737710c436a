// One function for each Task, by the name of its Lambda function or by `service:action`.

exports['validate-dragon'] = async (dragon) => {
  const families = ['red', 'green', 'blue', 'gold'];
  if (!families.includes(dragon.family)) {
    const error = new Error(`No dragon family is called ${dragon.family}`);
    error.name = 'DragonValidationException';
    throw error;
  }
  return { valid: true };
};

// The first call is turned away, so that Retry has something to do.
let calls = 0;
exports['add-dragon'] = async (dragon) => {
  calls += 1;
  if (calls === 1) {
    const error = new Error('Rate exceeded');
    error.name = 'Lambda.TooManyRequestsException';
    throw error;
  }
  console.log('adding', dragon.name);
  return { id: `dragon-${dragon.name.toLowerCase()}` };
};

const places = {
  Harz: { lat: 51.8, lon: 10.62 },
  Spreewald: { lat: 51.87, lon: 13.97 },
  Tiergarten: { lat: 52.51, lon: 13.35 },
};
exports.geocode = async ({ place }) => {
  if (!places[place]) throw new Error(`Nobody knows where ${place} is`);
  return places[place];
};

// What a ranger sends back with the task token.
exports['sqs:sendMessage'] = async ({ MessageBody }) => {
  console.info('ask a ranger near', MessageBody.sighting.place);
  return { confirmed: true, ranger: 'Ines' };
};

exports['sns:publish'] = async ({ PhoneNumber, Message }) => {
  console.info('text to', PhoneNumber, Message);
  return { MessageId: 'm-18' };
};
