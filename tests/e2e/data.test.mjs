// What stands around a workflow, as a person meets it: run options, S3 objects, further machines, and the runs inside of a run.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { hosted, monacoReady, noFaults, outcome, paste, ready, run } from './support.mjs';

const host = hosted();
let window;

beforeEach(async () => {
  await window?.context.close();
  window = await host.open();
  await monacoReady(window.page);
});

const message = (page) => page.locator('.run-bar-message').innerText();
const inspector = (page) => page.getByRole('complementary', { name: 'Inspector' });
const facts = (page, name) => inspector(page).locator('.facts dt', { hasText: name }).locator('xpath=following-sibling::dd[1]').innerText();
const tab = (page, name) => page.getByRole('tablist', { name: 'Document' }).getByRole('tab', { name });
const options = (page) => page.getByRole('dialog', { name: 'Run options' });

/** Opens Data and answers its panel. */
async function data(page) {
  await tab(page, /^Data/).click();
  return page.getByRole('tabpanel', { name: /^Data/ });
}

/** Puts a text in place of what the chosen object or machine holds. */
async function fill(page, panel, text) {
  await panel.locator('.view-lines').first().click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
}

/** A window that opens the link of this one. */
async function linked(page) {
  await page.keyboard.press('ControlOrMeta+S');
  await page.getByText(/^Link copied/).waitFor({ state: 'attached' });
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await host.open({}, link);
  await monacoReady(other.page);
  return other;
}

const waits = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 360, Next: 'Roll' }, Roll: { Type: 'Pass', Parameters: { 'roll.$': 'States.MathRandom(1, 1000000)', 'at.$': '$$.State.EnteredTime' }, End: true } } };

test('a run is told its name, its start, its seed and which quotas hold', async () => {
  const { page, faults } = window;
  await paste(page, 'Definition', waits);
  await page.getByRole('button', { name: /^Run options/ }).click();
  const form = options(page);
  await form.getByLabel('Execution name').fill('two words');
  await form.getByText('a name holds no white space').waitFor();
  await form.getByRole('radio', { name: 'Express' }).check();
  await form.getByLabel('Start time').fill('2026-03-01T08:00:00Z');
  await form.getByLabel('Seed').fill('7');
  await page.keyboard.press('Escape');

  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator('.run-bar').getByText("Can't run").waitFor();
  await form.getByLabel('Execution name').fill('nightly-7');
  await page.keyboard.press('Escape');

  assert.equal(await run(page), 'Timed out', 'an Express run has five minutes');
  await page.getByRole('button', { name: /^Run options/ }).click();
  await form.getByLabel(/^Duration/).uncheck();
  await page.keyboard.press('Escape');
  assert.equal(await run(page), 'Succeeded');
  const first = await message(page);
  assert.match(first, /2026-03-01T08:06:00/);
  await inspector(page).getByRole('tab', { name: 'Details' }).click();
  assert.equal(await facts(page, 'Name'), 'nightly-7');
  assert.match(await facts(page, 'ARN'), /:express:/);

  const other = await linked(page);
  assert.equal(await run(other.page), 'Succeeded');
  assert.equal(await message(other.page), first, 'the same seed gives the same run');
  await other.context.close();
  noFaults(faults);
});

const reader = (writer) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map', Label: 'Rows',
      ItemReader: { Resource: 'arn:aws:states:::s3:getObject', ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }, Parameters: { Bucket: 'depot', Key: 'rows.csv' } },
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'Check', States: { Check: { Type: 'Choice', Choices: [{ Variable: '$.id', StringEquals: '2', Next: 'Broken' }], Default: 'Fine' }, Broken: { Type: 'Fail', Error: 'NotTwo', Cause: 'two is not allowed' }, Fine: { Type: 'Pass', Result: 1, End: true } } },
      ToleratedFailureCount: 1, ...writer, End: true,
    },
  },
});
const writer = { ResultWriter: { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: 'depot', Prefix: 'out' } } };

/** An object in the page, made by hand. */
async function addObject(page, bucket, key, text) {
  const panel = await data(page);
  await panel.getByRole('button', { name: 'Add object' }).click();
  await panel.getByRole('textbox', { name: 'Bucket' }).fill(bucket);
  await panel.getByRole('textbox', { name: 'Bucket' }).press('Enter');
  await panel.getByRole('button', { name: `${bucket}/items.json` }).waitFor();
  await panel.getByRole('textbox', { name: 'Key' }).fill(key);
  await panel.getByRole('textbox', { name: 'Key' }).press('Enter');
  await panel.getByRole('button', { name: `${bucket}/${key}` }).waitFor();
  await fill(page, panel, text);
  return panel;
}

test('an ItemReader reads an object, and what a ResultWriter writes can be read', async () => {
  const { page, faults } = window;
  await paste(page, 'Input', '{}');
  await paste(page, 'Definition', reader(writer));
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await page.getByText('no bucket named').waitFor();
  const panel = await addObject(page, 'depot', 'rows.csv', 'id,name\n1,one\n2,two\n3,three\n');
  await page.getByText('no bucket named').waitFor({ state: 'detached' });

  assert.equal(await run(page), 'Succeeded');
  assert.match(await message(page), /out\/.*manifest\.json/);
  const written = panel.getByRole('region', { name: 'Written objects' });
  await written.getByRole('button', { name: /FAILED_0\.json/ }).click();
  assert.match(await panel.getByLabel('Content').inputValue(), /NotTwo/);
  await panel.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Object copied').waitFor({ state: 'attached' });
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /two is not allowed/);

  const all = await written.getByRole('button').allInnerTexts();
  await page.getByRole('button', { name: /^Each, Map/ }).click();
  await inspector(page).getByRole('tab', { name: /^Executions/ }).click();
  await inspector(page).getByRole('button', { name: /^#1, Failed/ }).click();
  await page.getByRole('button', { name: /^Broken, Fail, failed/ }).waitFor();
  assert.deepEqual(await written.getByRole('button').allInnerTexts(), all, 'a run inside the run shows what all of it has written');
  assert.match(await panel.getByLabel('Content').inputValue(), /NotTwo/);
  await page.getByRole('navigation', { name: 'Where this run is' }).getByRole('button', { name: /^Run \d/ }).click();

  const other = await linked(page);
  assert.equal(await run(other.page), 'Succeeded');
  await (await data(other.page)).getByRole('button', { name: /^depot\/rows\.csv/ }).click();
  await other.page.getByRole('tabpanel', { name: /^Data/ }).getByText('3,three').waitFor();
  await other.context.close();

  await page.reload();
  await ready(page);
  await monacoReady(page);
  const after = await data(page);
  await after.getByRole('button', { name: /^depot\/rows\.csv/ }).click();
  await after.getByRole('button', { name: 'Delete' }).click();
  assert.equal(await run(page), 'Failed');
  assert.match(await message(page), /States\.ItemReaderFailed/);
  noFaults(faults);
});

const child = { StartAt: 'Double', States: { Double: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, $.n)' }, Next: 'Rest' }, Rest: { Type: 'Wait', Seconds: 30, End: true } } };
const starts = { StartAt: 'Start', States: { Start: { Type: 'Task', Resource: 'arn:aws:states:::states:startExecution.sync:2', Parameters: { StateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:Doubler', 'Input.$': '$' }, OutputPath: '$.Output', End: true } } };

test('a Task starts a further machine, whose run opens as its own', async () => {
  const { page, faults } = window;
  await paste(page, 'Functions', '');
  await paste(page, 'Input', '{"n": 21}');
  await paste(page, 'Definition', starts);
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await page.getByText('no machine named').waitFor();
  const panel = await data(page);
  await panel.getByRole('button', { name: 'Add machine' }).click();
  await panel.getByRole('textbox', { name: 'Name' }).fill('Doubler');
  await panel.getByRole('textbox', { name: 'Name' }).press('Enter');
  await panel.getByRole('button', { name: 'Doubler' }).waitFor();
  await fill(page, panel, '{"StartAt": "Nowhere", "States": {}}');
  await panel.getByRole('button', { name: /^Doubler, \d error/ }).waitFor();
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator('.run-bar').getByText("Can't run").waitFor();
  await fill(page, panel, JSON.stringify(child, null, 2));
  await page.getByText('no machine named').waitFor({ state: 'detached' });

  assert.equal(await run(page), 'Succeeded');
  assert.match(await message(page), /"n": 42/);
  await page.getByRole('button', { name: /^Start, / }).click();
  await inspector(page).getByRole('tab', { name: /^Executions/ }).click();
  await inspector(page).getByRole('button', { name: /^#0, Succeeded/ }).click();
  await page.getByRole('button', { name: /^Double, Pass, succeeded/ }).click();
  await inspector(page).getByText('42').first().waitFor();
  await inspector(page).getByRole('button', { name: 'Double', exact: true }).click();
  await panel.getByText('"States.MathAdd($.n, $.n)"').waitFor();

  await page.getByRole('navigation', { name: 'Where this run is' }).getByRole('button', { name: /^Run \d/ }).click();
  await page.getByRole('button', { name: /^Start, / }).waitFor();

  const other = await linked(page);
  assert.equal(await run(other.page), 'Succeeded');
  await other.context.close();
  noFaults(faults);
});

test("a Map's children are looked at as runs of their own, also ten thousand of them", async () => {
  const { page, faults } = window;
  await paste(page, 'Input', '{}');
  await paste(page, 'Definition', reader({}));
  const rows = Array.from({ length: 10_000 }, (_, at) => `${at + 1},name ${at + 1}`);
  await addObject(page, 'depot', 'rows.csv', `id,name\n${rows.join('\n')}\n`);
  assert.equal(await run(page), 'Succeeded');

  await page.getByRole('button', { name: /^Each, Map/ }).click();
  await inspector(page).getByRole('tab', { name: /^Executions\s*10000/ }).click();
  const list = inspector(page).getByRole('list', { name: 'Executions' });
  await list.getByRole('button', { name: /^#0, Succeeded/ }).waitFor();
  assert.ok((await list.getByRole('listitem').count()) < 60, 'only rows in view are in the page');
  await inspector(page).getByRole('button', { name: /^Succeeded 9999/ }).waitFor();
  await inspector(page).getByRole('button', { name: /^Failed 1/ }).click();
  await list.getByRole('button', { name: /^#1, Failed/ }).click();

  assert.equal(await outcome(page), 'Failed');
  assert.match(await message(page), /NotTwo/);
  await page.getByRole('button', { name: /^Broken, Fail, failed/ }).waitFor();
  assert.equal(await page.getByRole('button', { name: /^Each, Map/ }).count(), 0, 'only what runs in the child is drawn');
  const events = page.getByRole('grid', { name: 'Events' });
  assert.equal(await events.getAttribute('aria-rowcount'), '6');
  await inspector(page).getByRole('tab', { name: 'Input' }).click();
  await inspector(page).getByText('"name 2"').waitFor();

  const trail = page.getByRole('navigation', { name: 'Where this run is' });
  await trail.getByText('Each #1', { exact: true }).waitFor();
  await trail.getByRole('button', { name: 'Next execution' }).click();
  await trail.getByText('Each #2', { exact: true }).waitFor();
  assert.equal(await outcome(page), 'Succeeded');
  await trail.getByRole('button', { name: /^Run \d/ }).click();
  await page.getByRole('button', { name: /^Each, Map/ }).waitFor();
  noFaults(faults);
});

test('all of it is in reach on a phone', async () => {
  const phone = await host.open({ width: 390, height: 844, hasTouch: true });
  const { page, faults } = phone;
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Run options' }).click();
  await options(page).getByLabel('Execution name').fill('by-thumb');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: /^Examples/ }).click();
  await page.getByRole('button', { name: /^Import orders/ }).click();
  await (await data(page)).getByRole('button', { name: /orders\.csv/ }).click();
  await page.locator('.run-bar-go').getByRole('button', { name: /^Run/ }).click();
  assert.equal(await outcome(page), 'Succeeded');
  await page.getByRole('button', { name: /^PriceOrders, Map/ }).click();
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  await inspector(page).getByRole('tab', { name: /^Executions/ }).click();
  await inspector(page).getByRole('button', { name: /^#0, / }).click();
  await page.getByRole('navigation', { name: 'Where this run is' }).getByText('PriceOrders #0').waitFor();
  noFaults(faults);
  await phone.context.close();
});
