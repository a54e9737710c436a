// Runs one machine in aws-local-stepfunctions, its log read as ours is, and prints how fast it went.
// node other-engine.mjs DEFINITION INPUT RUNS
import { readFileSync } from 'node:fs';

// The package wants a newer Node than the one this project is built with.
Promise.withResolvers ??= () => {
  let resolve, reject;
  const promise = new Promise((ok, bad) => ([resolve, reject] = [ok, bad]));
  return { promise, resolve, reject };
};
const { StateMachine } = await import('aws-local-stepfunctions');

const [definition, input] = process.argv.slice(2, 4).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const runs = Number(process.argv[4] ?? 3);
const machine = new StateMachine(definition);
const overrides = { taskResourceLocalHandlers: { Call: async ({ i, n }) => ({ i: i + 1, n }) } };

let transitions = 0;
const took = [];
for (let run = 0; run < runs; run++) {
  const from = performance.now();
  const execution = machine.run(input, { overrides });
  transitions = 0;
  const log = (async () => {
    for await (const event of execution.eventLogs) if (event.type === 'StateEntered') transitions++;
  })();
  await Promise.all([execution.result, log]);
  took.push(performance.now() - from);
}
const median = took.sort((a, b) => a - b)[runs >> 1];
console.log(JSON.stringify({ transitions, median, rate: (transitions / median) * 1000, memory: process.resourceUsage().maxRSS * 1024 }));
