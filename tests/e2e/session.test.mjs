// A run as a person leads it on the built page: tokens sent back, a failed run redriven, a state tested alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hosted, noFaults, outcome, paste, run } from './support.mjs';

const host = hosted();

/** A page of its own with a document put into it by hand. */
async function workbench({ definition, functions = '', input = '{}' }) {
  const opened = await host.open();
  await paste(opened.page, 'Functions', functions);
  await paste(opened.page, 'Input', input);
  await paste(opened.page, 'Definition', definition);
  return opened;
}

const panel = (page) => page.getByRole('complementary', { name: 'Inspector' });
const task = (resource, fields) => ({ Type: 'Task', Resource: resource, ...fields });
const queue = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';

test('tokens come back by hand and from functions', async () => {
  const ask = (next) => task(queue, { Parameters: { 'token.$': '$$.Task.Token' }, ...next });
  const branch = (name, state) => ({ StartAt: name, States: { [name]: { ...state, End: true } } });
  const { page, faults } = await workbench({
    definition: {
      StartAt: 'Both',
      States: {
        Both: {
          Type: 'Parallel',
          Branches: [branch('Manager', ask({ HeartbeatSeconds: 600 })), branch('Robot', ask())],
          Next: 'Sign',
        },
        Sign: task('arn:aws:states:us-east-1:123456789012:activity:sign', { Catch: [{ ErrorEquals: ['No'], Next: 'Refused' }], End: true }),
        Refused: { Type: 'Pass', End: true },
      },
    },
    functions: `
      exports.Manager = async () => {};
      exports.Robot = async ({ token }, context) => {
        setTimeout(async () => {
          const wrong = await context.sendTaskSuccess('nonsense', 1).catch((error) => error.name + ' | ' + error.message);
          await context.sendTaskHeartbeat(token);
          await context.sendTaskSuccess(token, { wrong });
        }, 200);
      };`,
  });
  await page.keyboard.press('ControlOrMeta+Enter');
  const bar = page.getByRole('group', { name: 'Result' });
  await bar.getByText('1 state is waiting for a callback').waitFor();
  const waiting = panel(page).getByRole('tabpanel', { name: /^Waiting/ });
  await waiting.locator('.waiting-state').getByText('Manager').waitFor();
  assert.match(await waiting.locator('.waiting-left').innerText(), /^heartbeat due in (9|10) min/);
  const elapsed = () => bar.locator('dd').first().innerText();
  const before = await elapsed();
  await page.waitForFunction((before) => document.querySelector('.run-bar dd').textContent !== before, before);

  // Of several that wait none is opened by itself.
  const manager = waiting.locator('details', { hasText: 'Manager' });
  if (!(await manager.evaluate((row) => row.open))) await manager.locator('summary').click();
  await waiting.getByRole('button', { name: 'Send heartbeat' }).click();
  await waiting.getByLabel('Output').fill('{"approved": ');
  await waiting.getByRole('button', { name: 'Send success' }).click();
  await waiting.getByRole('alert').getByText('InvalidOutput').waitFor();
  await waiting.getByLabel('Output').fill('{"approved": true}');
  await waiting.getByRole('button', { name: 'Send success' }).click();

  await waiting.locator('.waiting-state').getByText('Sign').waitFor();
  await bar.getByRole('button', { name: 'Answer' }).click();
  const callback = panel(page).getByRole('tabpanel', { name: 'Callback' });
  await callback.getByLabel('Error').fill('No');
  await callback.getByLabel('Cause').fill('not today');
  await callback.getByRole('button', { name: 'Send failure' }).click();
  assert.equal(await outcome(page), 'Succeeded');
  assert.match(await bar.innerText(), /"Error": "No", "Cause": "not today"/);
  const output = await page.evaluate(() => document.querySelector('.graph').textContent);
  assert.ok(output.includes('Refused'));
  noFaults(faults);
});

test('what is told of a selected state follows its run', async () => {
  const { page, faults } = await workbench({
    definition: {
      StartAt: 'Ask',
      States: { Ask: task(queue, { Parameters: { 'token.$': '$$.Task.Token' }, Retry: [{ ErrorEquals: ['Busy'] }], End: true }) },
    },
    functions: 'exports.Ask = async () => {};',
  });
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByRole('button', { name: /^Ask, / }).click();
  const attempts = (number) => panel(page).getByRole('tab', { name: new RegExp(`^Attempts ?${number} attempts?$`) }).waitFor();
  await attempts(1);
  for (const number of [2, 3]) {
    await panel(page).getByRole('tab', { name: 'Callback' }).click();
    const callback = panel(page).getByRole('tabpanel', { name: 'Callback' });
    await callback.getByLabel('Error').fill('Busy');
    await callback.getByRole('button', { name: 'Send failure' }).click();
    await attempts(number);
  }
  noFaults(faults);
});

test('what a function sends with a token arrives, and a wrong token is told', async () => {
  const { page, faults } = await workbench({
    definition: { StartAt: 'Robot', States: { Robot: task(queue, { Parameters: { 'token.$': '$$.Task.Token' }, End: true }) } },
    functions: `
      exports.Robot = async ({ token }, context) => {
        const wrong = await context.sendTaskSuccess('nonsense', 1).catch((error) => error.name + ' | ' + error.message);
        await context.sendTaskHeartbeat(token);
        await context.sendTaskSuccess(token, { wrong });
        const late = await context.sendTaskFailure(token, 'E', 'late').catch((error) => error.message);
        console.log(late);
      };`,
  });
  assert.equal(await run(page), 'Succeeded');
  const bar = page.getByRole('group', { name: 'Result' });
  assert.match(await bar.innerText(), /"InvalidToken \| Invalid Token: 'Invalid token'"/);
  noFaults(faults);
});

test('a repaired function lets a failed run go on', async () => {
  const lambda = (name) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  const functions = (charge) => `exports.reserve = async () => 'reserved';\nexports.charge = async () => { ${charge} };`;
  const { page, faults } = await workbench({
    definition: {
      StartAt: 'Reserve',
      States: { Reserve: task(lambda('reserve'), { Next: 'Charge' }), Charge: task(lambda('charge'), { End: true }) },
    },
    functions: functions('throw new Error("card declined")'),
  });
  assert.equal(await run(page), 'Failed');
  await page.getByRole('tab', { name: /^Functions.*1 function threw/ }).click();
  const notes = page.getByRole('tabpanel', { name: /^Functions/ });
  await notes.getByText(/1.call,.threw/).waitFor();
  await paste(page, 'Functions', functions('return "paid"'));
  await panel(page).getByRole('button', { name: 'Redrive' }).click();
  assert.equal(await outcome(page), 'Succeeded');
  const filter = page.getByLabel('Filter the record');
  // What was entered is not entered again.
  for (const wanted of [['TaskStateEntered', 2], ['ExecutionRedriven', 1]]) {
    await filter.fill(wanted[0]);
    await page.waitForFunction(([text, count]) => {
      const rows = [...document.querySelectorAll('.events [role=row]:not(.event-head)')];
      return rows.length === count && rows.every((row) => row.textContent.includes(text));
    }, wanted);
  }
  await panel(page).getByRole('tab', { name: 'Details' }).click();
  const facts = panel(page).getByRole('tabpanel', { name: 'Details' });
  assert.match(await facts.innerText(), /Redrives\s+1\s+Redrive status\s+NOT_REDRIVABLE: Execution is SUCCEEDED and cannot be redriven/);
  noFaults(faults);
});

test('a state of a machine is tested alone', async () => {
  const { page, faults } = await workbench({
    definition: {
      StartAt: 'First',
      States: {
        First: { Type: 'Pass', Next: 'Pay' },
        Pay: task('arn:aws:states:::lambda:invoke', {
          Parameters: { FunctionName: 'pay', 'Payload.$': '$.order' },
          ResultSelector: { 'paid.$': '$.Payload.sum' },
          Catch: [{ ErrorEquals: ['Declined'], Next: 'Done' }],
          Next: 'Done',
        }),
        Done: { Type: 'Succeed' },
      },
    },
    functions: 'exports.pay = async ({ sum }) => { console.log("pays", sum); return { sum: sum * 2 }; };',
    input: '{"order": {"sum": 21}}',
  });
  await page.getByRole('button', { name: /^Pay, / }).click();
  await panel(page).getByRole('button', { name: 'Test state' }).click();
  const go = panel(page).getByRole('button', { name: 'Run the test' });
  await go.click();
  const result = panel(page).getByRole('region', { name: 'Result of the test' });
  await result.getByText('Succeeded').waitFor();
  const shown = await result.innerText();
  assert.match(shown, /on to Done/);
  assert.match(shown, /"paid": 42/);
  assert.match(shown, /pays 21/);
  assert.match(shown, /afterParameters/);

  await panel(page).getByLabel('Answer').selectOption('A mocked error');
  await panel(page).getByLabel('Error', { exact: true }).fill('Declined');
  await go.click();
  await result.getByText('Caught error').waitFor();
  assert.match(await result.innerText(), /catchIndex/);
  await panel(page).getByLabel('Input').fill('{"order"');
  await go.click();
  await panel(page).getByText('The test is refused').waitFor();

  await panel(page).getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: /^Done, / }).click();
  await page.keyboard.press('t');
  await go.click();
  await result.getByText('Succeeded').waitFor();

  // What is typed outlives a run that begins meanwhile, and is what is tested; the test of another state begins anew.
  const input = panel(page).getByLabel('Input');
  await input.fill('{"mine": 1}');
  await page.keyboard.press('ControlOrMeta+Enter');
  assert.equal(await outcome(page), 'Succeeded');
  assert.equal(await input.inputValue(), '{"mine": 1}');
  await go.click();
  await result.getByText('"mine"').first().waitFor();
  await panel(page).getByText('Variables, context, configuration').click();
  const context = panel(page).getByLabel('Context object');
  await context.fill('{"mine": 2}');
  await page.getByRole('button', { name: /^Pay, / }).focus();
  await page.keyboard.press('t');
  await panel(page).getByRole('heading', { name: 'Pay' }).waitFor();
  assert.equal(await context.inputValue(), '');
  assert.deepEqual(JSON.parse(await input.inputValue()), { order: { sum: 21 } });
  await go.click();
  await result.getByText('on to Done').first().waitFor();
  noFaults(faults);
});
