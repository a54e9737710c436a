// window.playground as the README promises it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { hosted, noFaults } from './support.mjs';

const host = hosted();
let page, faults;

before(async () => {
  ({ page, faults } = await host.open());
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

test('run options, objects and machines go in, count in a run, and come out', async () => {
  const around = {
    execution: { name: 'by-script', startTime: '2026-03-01T08:00:00Z', seed: 7, quotas: { duration: false } },
    objects: { depot: { 'items.json': [1, 2], 'note.txt': 'é' } },
    machines: { Child: { type: 'STANDARD', definition: pass } },
  };
  const child = { StartAt: 'C', States: { C: { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', Parameters: { StateMachineArn: 'Child' }, OutputPath: '$.Output', End: true } } };
  const reader = { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'JSON' }, Parameters: { Bucket: 'depot', Key: 'items.json' } };
  const map = { StartAt: 'M', States: { M: { Type: 'Map', ItemReader: reader, ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...child }, End: true } } };
  const { document, result, linked } = await page.evaluate(async ([definition, around]) => {
    playground.load({ definition, ...around });
    const document = playground.document();
    const result = await playground.run({ speed: 'instant' });
    return { document, result, linked: playground.link() };
  }, [map, around]);
  assert.deepEqual(document.execution, { ...around.execution, seed: '7' });
  assert.deepEqual(JSON.parse(document.objects.depot['items.json']), [1, 2]);
  assert.equal(document.objects.depot['note.txt'], 'é');
  assert.deepEqual(JSON.parse(document.machines.Child.definition), pass);
  assert.deepEqual([result.status, result.name, result.startDate], ['SUCCEEDED', 'by-script', '2026-03-01T08:00:00.000Z']);
  assert.deepEqual(JSON.parse(result.output), [{ é: 1 }, { é: 1 }]);

  const other = await host.open({}, linked);
  const again = await other.page.evaluate(async () => {
    await playground.ready;
    return [playground.document(), await playground.run({ speed: 'instant' })];
  });
  assert.deepEqual(again[0], document);
  assert.deepEqual(again[1].events, result.events, 'the same seed and start give the same history');
  noFaults(other.faults);
  await other.context.close();

  const refused = await page.evaluate(async (definition) => {
    playground.load({ definition, execution: { name: 'two words' } });
    return playground.run().catch((error) => error.message);
  }, pass);
  assert.match(refused, /a name holds no white space/);
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
  assert.ok(link.startsWith(`${host.url}#`), link);
  const other = await host.open({}, link);
  const [again, name] = await other.page.evaluate(async () => {
    await playground.ready;
    return [playground.link(), playground.document().name];
  });
  assert.deepEqual([again, name], [link, 'Linked']);
  noFaults(other.faults);
  await other.context.close();
});

test('a run that would take more memory than the page may is stopped, and the page goes on', async () => {
  const again = { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)', 't.$': "States.Format('{} and some more words', $.n)" }, Next: 'More' };
  const more = { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: 0, Next: 'Done' }], Default: 'Again' };
  const endless = { StartAt: 'Again', States: { Again: again, More: more, Done: { Type: 'Succeed' } } };
  const [status, kept, next, refused] = await page.evaluate(async ([endless, pass]) => {
    playground.load({ definition: endless, input: { n: 1 }, execution: { quotas: false } });
    const { status, events } = await playground.run({ speed: 'instant', memory: 1 });
    const said = document.querySelector('.run-bar').innerText;
    playground.load({ definition: pass });
    const refused = await playground.run({ memory: -1 }).catch((error) => error.message);
    return [`${status} ${said}`, events.length, (await playground.run({ speed: 'instant' })).status, refused];
  }, [endless, pass]);
  assert.match(status, /^ABORTED[^]*its history would outgrow the memory/);
  assert.ok(kept > 1, 'events up to then are kept');
  assert.equal(next, 'SUCCEEDED');
  assert.equal(refused, '`memory` must be a positive number of MiB');
});

test('nothing went wrong meanwhile', () => noFaults(faults));
