// The oldest style of a Lambda handler: it answers through its callback.
// `async` functions and plain returns work just as well.
exports.greet = (event, context, callback) => {
  console.log('greeting', event.who);
  callback(null, `Hello, ${event.who}!`);
};
