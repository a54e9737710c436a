// Workflows of lessons people learn from, on the built page, through window.playground. Whole definitions are read from the lessons
// beside the checkout; where those aren't there, that is said and passed over.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { before, test } from 'node:test';
import * as dragon from './fixtures/dragon.mjs';
import { hosted, noFaults } from './support.mjs';

const lessons = path.resolve(import.meta.dirname, '../../../shared/seeds');
const host = hosted();
let page, faults;

before(async () => {
  ({ page, faults } = await host.open());
});

/** The first definition of the lessons that has a state of this name. */
function definitionWith(state) {
  const texts = fs.existsSync(lessons) ? fs.readdirSync(lessons).sort().map((file) => fs.readFileSync(path.join(lessons, file), 'utf8')) : [];
  const blocks = texts.flatMap((text) => [...text.matchAll(/```\s*json[^\n]*\n([\s\S]*?)```/g)].map(([, block]) => block));
  return blocks.find((block) => block.includes('"StartAt"') && block.includes(`"${state}": {`) && isJson(block));
}

function isJson(text) {
  try {
    return Boolean(JSON.parse(text));
  } catch {
    return false;
  }
}

/** A test over a lesson's definition as it stands. */
function lesson(name, state, body) {
  test(name, async (t) => {
    const definition = definitionWith(state);
    if (!definition) return t.diagnostic('the lessons are not beside the checkout');
    await body(definition);
    noFaults(faults);
  });
}

const run = (document, options) =>
  page.evaluate(async ([document, options]) => {
    await playground.ready;
    playground.load(document);
    return playground.run(options);
  }, [document, options]);

lesson('hello world goes both ways', 'Hello World example?', async (definition) => {
  const yes = await run({ definition, input: { IsHelloWorldExample: true } });
  assert.equal(yes.status, 'SUCCEEDED');
  assert.deepEqual(JSON.parse(yes.output), [{ IsHelloWorldExample: true }, { IsHelloWorldExample: true }]);
  assert.ok(new Date(yes.stopDate) - new Date(yes.startDate) >= 3000, 'the wait passes in workflow time');
  const no = await run({ definition, input: { IsHelloWorldExample: false } });
  assert.deepEqual([no.status, no.error, no.cause], ['FAILED', undefined, 'Not Hello World']);
});

lesson('a callback function answers, and a choice reads its text', 'Invoke Lambda Function', async (definition) => {
  const mocks = 'exports.handler = (event, context, callback) => {\n\tcallback(null, "Hello, " + event.who + "!");\n};';
  const other = await run({ definition, input: { who: 'Ann' }, mocks });
  assert.deepEqual([other.status, other.error, other.cause], ['FAILED', 'ErrorCode', 'Given name is not the teacher']);
  const teacher = await run({ definition, input: { who: 'Name' }, mocks });
  assert.deepEqual([teacher.status, teacher.output], ['SUCCEEDED', '"Woohoo!"']);
  const { diagnostics } = await page.evaluate(() => ({ diagnostics: playground.diagnostics() }));
  assert.ok(diagnostics.every(({ severity }) => severity === 'WARNING'), JSON.stringify(diagnostics));
});

lesson('report and database in parallel, a metric at the end', 'Gen Report', async (definition) => {
  const mocks = `
    exports.GenerateReport = async (event) => { console.log('report', event.user_id); return event; };
    exports.EndsLastLevel = async (event) => event;
    exports.EndsSimpleLevel = async (event) => event;
    exports.PutMetric = async ([first]) => { console.log('metric', first.time_played); return true; };`;
  const input = { user_id: '12345678901234567890', level: 'latest', score: 10, max_score: 100, time_played: 9885983982, total_score: 10000 };
  for (const [level, state] of [['latest', 'Last Level'], ['first', 'Simple Level']]) {
    const result = await run({ definition, input: { ...input, level }, mocks });
    assert.deepEqual([result.status, result.output], ['SUCCEEDED', 'true']);
    const entered = result.events.filter(({ type }) => type === 'TaskStateEntered').map((event) => event.stateEnteredEventDetails.name);
    assert.deepEqual(entered.sort(), ['CWMetric', 'Gen Report', state].sort());
  }
});

lesson('a status code decides', 'ChoiceState', async (definition) => {
  for (const [code, status] of [[200, 'SUCCEEDED'], [500, 'FAILED']]) {
    const result = await run({ definition, input: {}, mocks: `exports.MyLambdaFunction = async () => ({ statusCode: ${code} })` });
    assert.equal(result.status, status);
  }
});

const steps = ({ events }) => events.map((event) => [event.type, (event.stateEnteredEventDetails ?? event.stateExitedEventDetails)?.name ?? null]);
const register = (changes) => run({ definition: dragon.definition, input: dragon.input(changes), mocks: dragon.functions });

test('a new dragon takes the sixteen events of the service', async () => {
  const result = await register();
  assert.equal(result.status, 'SUCCEEDED');
  assert.deepEqual(steps(result), dragon.history);
  assert.deepEqual(JSON.parse(result.output), dragon.input());
  noFaults(faults);
});

test('a dragon already known is refused by message', async () => {
  const result = await register({ dragon_name_str: 'Atlas' });
  assert.equal(result.status, 'SUCCEEDED');
  assert.deepEqual(JSON.parse(result.output), { MessageId: '7a3c' });
  const failed = result.events.find(({ type }) => type === 'LambdaFunctionFailed').lambdaFunctionFailedEventDetails;
  assert.equal(failed.error, 'DragonValidationException');
  const cause = JSON.parse(failed.cause);
  assert.deepEqual([cause.errorType, cause.errorMessage], ['DragonValidationException', 'Duplicate dragon reported']);
  assert.match(cause.trace[1], /functions\.js:9:11/, 'the line of the throw');
  noFaults(faults);
});

test('a text in place of true or false is caught by the default', async () => {
  const result = await register({ confirmationRequired: 'false' });
  assert.deepEqual([result.status, result.cause], ['FAILED', 'Something unknown went wrong']);
  noFaults(faults);
});

test('a dragon to be confirmed is confirmed', async () => {
  const result = await register({ confirmationRequired: true });
  assert.equal(result.status, 'SUCCEEDED');
  const sent = result.events.find(({ type }) => type === 'TaskScheduled').taskScheduledEventDetails;
  assert.deepEqual(JSON.parse(sent.parameters), { Message: 'The dragon you reported has been added!', PhoneNumber: '15555555555' });
  noFaults(faults);
});

const task = (fields = {}) => ({
  StartAt: 'Work',
  States: { Work: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:work', End: true, ...fields } },
});

test('a function that loops for ever times out, and the next one runs', async () => {
  const mocks = 'exports.work = () => { for (;;); }; exports.after = () => "fine";';
  const looping = await run({ definition: task({ TimeoutSeconds: 1 }), mocks });
  assert.deepEqual([looping.status, looping.error], ['FAILED', 'States.Timeout']);
  const definition = task({ TimeoutSeconds: 1, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'After' }] });
  definition.States.After = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:after', End: true };
  const caught = await run({ definition, mocks });
  assert.deepEqual([caught.status, caught.output], ['SUCCEEDED', '"fine"']);
  noFaults(faults);
});
