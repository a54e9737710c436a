// What a person does with the built page, with mouse and keyboard alone: write, run, read, look closer, share, come back.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as orders from './fixtures/orders.mjs';
import { hosted, monacoReady, noFaults, outcome, paste, ready, run, texts } from './support.mjs';

const host = hosted();
let window;

beforeEach(async () => {
  await window?.context.close();
  window = await host.open();
  await monacoReady(window.page);
});

/** Puts the whole document in by pasting. */
async function write(page, { definition = orders.definition, functions = orders.functions, input = orders.input } = {}) {
  await paste(page, 'Functions', functions);
  await paste(page, 'Input', input);
  await paste(page, 'Definition', definition);
}

const message = (page) => page.locator('.run-bar-message').innerText();
const record = (page, tab) => page.getByRole('tablist', { name: 'Record' }).getByRole('tab', { name: tab }).click();
const events = (page) => page.getByRole('grid', { name: 'Events' });
const inspector = (page) => page.getByRole('complementary', { name: 'Inspector' });

test('a first visit shows an example that runs', async () => {
  const { page, faults } = window;
  assert.match(await texts(page, 'Definition'), /"StartAt"/);
  assert.equal(await run(page), 'Succeeded');
  noFaults(faults);
});

test('a workflow is pasted, run and read', async () => {
  const { page, faults } = window;
  await write(page);
  assert.equal(await run(page), 'Succeeded');
  assert.match(await message(page), /shipped 🚚/);

  const rows = events(page);
  assert.equal(await rows.getAttribute('aria-rowcount'), '40', 'a row for each of 39 events, and the head');
  assert.deepEqual(await rows.getByRole('columnheader').allInnerTexts(), ['ID', 'Type', 'Step', 'Resource', 'Elapsed (ms)']);
  assert.ok((await rows.getByRole('row').count()) < 40, 'only rows in view are in the page');

  await record(page, /^Console/);
  const console = page.getByRole('log', { name: 'Console' });
  await console.getByText('reserved for Zoë').waitFor();
  noFaults(faults);
});

test('a state is looked into: its attempts, its iterations', async () => {
  const { page, faults } = window;
  await write(page);
  await run(page);

  await page.getByRole('button', { name: /^Reserve, / }).click();
  await inspector(page).getByRole('tab', { name: /^Attempts/ }).click();
  await inspector(page).getByText('Attempt 1', { exact: true }).click();
  await inspector(page).getByText('the shelf is taken').first().waitFor();
  await inspector(page).getByText('Attempt 2', { exact: true }).waitFor();

  await page.getByRole('button', { name: /^Price, / }).click();
  const visit = inspector(page).getByRole('group', { name: 'Visits of this state' });
  // The graph shows the first iteration, and so does the inspector.
  await visit.getByText('1 of 3').waitFor();
  await visit.getByRole('button', { name: 'Next visit' }).click();
  await visit.getByText('2 of 3').waitFor();
  await inspector(page).getByRole('tab', { name: 'Input' }).click();
  await inspector(page).getByText('4', { exact: true }).first().waitFor();
  noFaults(faults);
});

test('an event leads to its state, and opens its details', async () => {
  const { page, faults } = window;
  await write(page);
  await run(page);
  await page.getByRole('textbox', { name: 'Filter the record' }).fill('LambdaFunctionFailed');
  const row = events(page).getByRole('row', { name: /LambdaFunctionFailed/ });
  await row.click();
  await inspector(page).getByRole('heading', { name: /Reserve/ }).waitFor();
  await row.getByRole('button', { name: /^Details of/ }).click();
  await events(page).getByText('"Busy"').first().waitFor();
  noFaults(faults);
});

test('a problem leads to its place', async () => {
  const { page, faults } = window;
  const definition = structuredClone(orders.definition);
  definition.States.Reserve.Next = 'Nowhere';
  await write(page, { definition });
  await record(page, /^Problems/);
  await page.getByRole('option', { name: /Nowhere/ }).click();
  await page.getByText(/^Ln 18, Col /).waitFor();
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator('.run-bar .pill', { hasText: "Can't run" }).waitFor();
  noFaults(faults);
});

test('a link opens the same document in another window', async () => {
  const { page, context, faults } = window;
  await write(page);
  await page.keyboard.press('ControlOrMeta+s');
  await page.getByRole('status').filter({ hasText: /Link copied/ }).waitFor({ state: 'attached' });
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(`${host.url}#`));

  const other = await context.newPage();
  await other.goto(link);
  await ready(other);
  await other.getByRole('region', { name: 'Opened from a link' }).waitFor();
  await monacoReady(other);
  assert.deepEqual(JSON.parse(await texts(other, 'Definition')), orders.definition);
  assert.equal(await run(other), 'Succeeded');

  // The first edit makes it a document of its own, which a reload brings back.
  await paste(other, 'Input', { ...orders.input, items: [{ grams: 1 }] });
  await other.waitForFunction(() => !location.hash);
  await other.reload();
  await ready(other);
  await monacoReady(other);
  assert.match(await texts(other, 'Input'), /"grams": 1\b/);

  // What the first window holds is its own.
  await page.reload();
  await ready(page);
  await monacoReady(page);
  assert.match(await texts(page, 'Input'), /"grams": 9/);
  noFaults(faults);
});

test('what was typed a moment ago survives a reload', async () => {
  const { page, faults } = window;
  await paste(page, 'Input', '{"typed": "just now"}');
  await page.reload();
  await ready(page);
  await monacoReady(page);
  assert.equal(await texts(page, 'Input'), '{"typed": "just now"}');
  noFaults(faults);
});

test('a run is stopped by keyboard', async () => {
  const { page, faults } = window;
  await write(page, { definition: { StartAt: 'Hang', States: { Hang: { Type: 'Task', Resource: 'hang', End: true } } }, functions: 'exports.hang = () => { for (;;); }' });
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator('.run-bar .pill', { hasText: 'In progress' }).waitFor();
  await page.keyboard.press('ControlOrMeta+.');
  assert.equal(await outcome(page), 'Aborted');
  noFaults(faults);
});

test('a task without a function is told, and a stub is written', async () => {
  const { page, faults } = window;
  await write(page, { functions: 'exports.price = (item) => item.grams * 2;\n' });
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator('.run-bar').getByText(/Reserve.*reserve/).waitFor();
  await page.getByRole('button', { name: /exports/ }).first().click();
  assert.equal(await run(page), 'Succeeded');
  noFaults(faults);
});

test('functions that are no JavaScript say where', async () => {
  const { page, faults } = window;
  await write(page, { functions: 'exports.reserve = () => {\n  return ) 1;\n};\n' });
  await record(page, /^Problems/);
  await page.getByRole('option', { name: /Functions 2:/ }).first().click();
  await page.getByText(/^Ln 2, Col /).waitFor();
  noFaults(faults);
});

test('on a phone the same is done with tabs', async () => {
  await window.context.close();
  window = await host.open({ width: 390, height: 844, hasTouch: true, isMobile: true });
  const { page, faults } = window;
  await monacoReady(page);
  await write(page);
  await page.locator('.run-bar-go').click();
  assert.equal(await outcome(page), 'Succeeded');
  const tab = (name) => page.getByRole('tablist', { name: 'Panels' }).getByRole('tab', { name });
  await tab('Log').click();
  await events(page).getByText('ExecutionSucceeded').waitFor();
  await tab('Graph').click();
  await page.getByRole('button', { name: /^Reserve, / }).click();
  await page.getByRole('button', { name: 'Details' }).click();
  await inspector(page).getByText('Reserve').first().waitFor();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, 'nothing sticks out');
  noFaults(faults);
});
