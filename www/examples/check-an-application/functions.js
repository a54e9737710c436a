class ServiceBusy extends Error {
  name = 'ServiceBusy';
}
class AddressUnknown extends Error {
  name = 'AddressUnknown';
}

// Every other call finds the service busy: look at Attempts of either check.
let calls = 0;

exports['check-identity'] = async ({ command, data }) => {
  calls += 1;
  if (calls % 2 === 1) throw new ServiceBusy('Try again in a second');

  switch (command) {
    case 'CHECK_NAME':
      return { valid: data.name.trim().includes(' ') };
    case 'CHECK_ADDRESS':
      if (!/\d/.test(data.address)) throw new AddressUnknown('The address has no house number');
      return { valid: true };
    default:
      throw new Error(`No such command: ${command}`);
  }
};
