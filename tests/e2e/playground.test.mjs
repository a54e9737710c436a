// window.playground as the README promises it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, noFaults, open, serve } from './support.mjs';

let server, browser, page, faults;

before(async () => {
  server = await serve();
  browser = await launch();
  ({ page, faults } = await open(browser, server.url));
});
after(async () => {
  await browser?.close();
  server?.close();
});

const pass = { StartAt: 'A', States: { A: { Type: 'Pass', Result: { é: 1 }, End: true } } };
const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } };

test('a document goes in and comes out', async () => {
  const document = await page.evaluate(async (definition) => {
    await playground.ready;
    playground.load({ name: 'Ä test', type: 'EXPRESS', definition: JSON.stringify(definition), input: '{"n": 1}', mocks: '// none' });
    return playground.document();
  }, pass);
  assert.deepEqual([document.name, document.type, document.input, document.mocks], ['Ä test', 'EXPRESS', '{"n": 1}', '// none']);
  assert.deepEqual(JSON.parse(document.definition), pass);
});

test('what is no document is an error that says why', async () => {
  const messages = await page.evaluate(() =>
    [null, {}, { definition: {}, name: 7 }].map((document) => {
      try {
        playground.load(document);
        return 'loaded';
      } catch (error) {
        return `${error instanceof Error} ${error.message}`;
      }
    }));
  for (const message of messages) assert.match(message, /^true ./);
});

test('a run is described as the service describes it', async () => {
  const result = await page.evaluate((definition) => {
    playground.load({ definition, input: { n: 1 } });
    return playground.run({ speed: 'instant' });
  }, pass);
  assert.equal(result.status, 'SUCCEEDED');
  assert.deepEqual(JSON.parse(result.output), { é: 1 });
  assert.deepEqual(JSON.parse(result.input), { n: 1 });
  assert.match(result.startDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(result.name);
  assert.deepEqual(result.events.map(({ id, previousEventId, type }) => [id, previousEventId, type]), [
    [1, 0, 'ExecutionStarted'], [2, 0, 'PassStateEntered'], [3, 2, 'PassStateExited'], [4, 3, 'ExecutionSucceeded'],
  ]);
  assert.equal(typeof result.events[1].stateEnteredEventDetails.input, 'string');
});

test('an empty input is an empty object', async () => {
  const result = await page.evaluate(() => {
    playground.load({ definition: { StartAt: 'A', States: { A: { Type: 'Succeed' } } }, input: '' });
    return playground.run();
  });
  assert.equal(result.output, '{}');
});

test('a definition that cannot run rejects with its diagnostics', async () => {
  const failure = await page.evaluate(async () => {
    playground.load({ definition: '{\n  "StartAt": "😀", "States": {"A": {"Type": "Pass", "Next": "B"}}\n}' });
    try {
      return await playground.run();
    } catch (error) {
      return { isError: error instanceof Error, message: error.message, diagnostics: error.diagnostics, same: playground.diagnostics() };
    }
  });
  assert.ok(failure.isError && failure.message);
  assert.deepEqual(failure.diagnostics, failure.same);
  const problem = failure.diagnostics.find(({ location }) => location === '/States/A/Next');
  assert.deepEqual([problem.severity, problem.start], ['ERROR', { line: 2, column: 61 }]);
  for (const key of ['code', 'message', 'help', 'end', 'fixes']) assert.ok(key in problem, key);
});

test('a second run stops the first, and stop stops', async () => {
  const statuses = await page.evaluate(async (definition) => {
    playground.load({ definition });
    const first = playground.run({ speed: 'real' });
    const second = playground.run({ speed: 'real' });
    setTimeout(() => playground.stop(), 50);
    return (await Promise.all([first, second])).map(({ status }) => status);
  }, wait);
  assert.deepEqual(statuses, ['ABORTED', 'ABORTED']);
});

test('a factor hastens real time', async () => {
  const { took, result } = await page.evaluate(async (definition) => {
    playground.load({ definition });
    const began = performance.now();
    const result = await playground.run({ speed: 200 });
    return { took: performance.now() - began, result };
  }, wait);
  assert.equal(result.status, 'SUCCEEDED');
  assert.ok(took >= 290, `${took}`);
  assert.ok(new Date(result.stopDate) - new Date(result.startDate) >= 60000);
});

test('the link is there at once and opens the same document', async () => {
  const link = await page.evaluate((definition) => {
    playground.load({ name: 'Linked', definition });
    return playground.link();
  }, pass);
  assert.ok(link.startsWith(`${server.url}#`), link);
  const other = await open(browser, link);
  const [again, name] = await other.page.evaluate(async () => {
    await playground.ready;
    return [playground.link(), playground.document().name];
  });
  assert.deepEqual([again, name], [link, 'Linked']);
  noFaults(other.faults);
  await other.context.close();
});

test('nothing went wrong meanwhile', () => noFaults(faults));
