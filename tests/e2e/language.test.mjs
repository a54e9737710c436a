// The editor knows the language: what it offers, explains, finds and mends, by keyboard alone.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, test } from 'node:test';
import { copied, goTo, hosted, monacoReady, noFaults, outcome, paste, run, texts } from './support.mjs';

const host = hosted();
let window;

beforeEach(async () => {
  await window?.context.close();
  window = await host.open();
  await monacoReady(window.page);
});

/** Puts a definition in, with the caret where it has a `|`. */
async function write(page, marked) {
  const at = marked.indexOf('|');
  await paste(page, 'Definition', marked.slice(0, at) + marked.slice(at + 1));
  const before = marked.slice(0, at).split('\n');
  await goTo(page, before.length, before.at(-1).length + 1);
}

const machine = (states, first = Object.keys(states)[0]) => JSON.stringify({ StartAt: first, States: states }, null, 2);
/** The caret goes to the place of a text in the definition. */
async function caretAt(page, text, needle, into = 0) {
  const before = text.slice(0, text.indexOf(needle) + into).split('\n');
  await goTo(page, before.length, before.at(-1).length + 1);
}

const definition = async (page) => JSON.parse(await texts(page, 'Definition'));

const rows = (page) => page.locator('.suggest-widget.visible .monaco-list-row');

/** Asks for what is offered until it is there: an editor that is busy with another text drops the first asking. */
async function ask(page) {
  for (let times = 0; times < 5 && !(await rows(page).first().isVisible()); times++) {
    await page.keyboard.press('Control+Space');
    await rows(page).first().waitFor({ timeout: 4000 }).catch(() => {});
  }
  await rows(page).first().waitFor();
}

/** What is offered at the caret, as far as it is in view. */
async function offered(page) {
  await ask(page);
  return rows(page).locator('.label-name').allInnerTexts();
}

/** Types until one thing is offered first, and takes it. */
async function take(page, typed, label) {
  if (typed) await page.keyboard.type(typed);
  await ask(page);
  await rows(page).first().locator('.label-name', { hasText: label }).waitFor();
  await page.keyboard.press('Enter');
  await rows(page).first().locator('.label-name', { hasText: label }).waitFor({ state: 'hidden' });
}

/** What the keyboard's hover says at the caret. */
async function explained(page) {
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+i');
  const hover = page.locator('.monaco-hover:visible').first();
  await hover.waitFor();
  const words = await hover.innerText();
  await page.keyboard.press('Escape');
  await hover.waitFor({ state: 'hidden' });
  return words;
}

/** Picks an action of the light bulb by its title. */
async function mend(page, title) {
  const actions = page.locator('.action-widget').first();
  const wanted = actions.locator('.monaco-list-row', { hasText: title }).first();
  // What is wrong is known a moment after the last key.
  for (;;) {
    await page.keyboard.press('Alt+Enter');
    await page.locator('.action-widget .monaco-list-row, .monaco-editor-overlaymessage').filter({ visible: true }).first().waitFor();
    if (await wanted.isVisible()) break;
    await page.keyboard.press('Escape');
  }
  await wanted.click();
  await actions.waitFor({ state: 'hidden' });
}

const problems = (page) => page.getByRole('listbox', { name: 'Problems' });
const showProblems = (page) => page.getByRole('tablist', { name: 'Record' }).getByRole('tab', { name: /^Problems/ }).click();
const counts = (page, words) => page.locator('.problems-head', { hasText: words }).waitFor();
const caret = (page, line, column) => page.getByText(`Ln ${line}, Col ${column}`, { exact: true }).waitFor();

test('a machine is written by choosing from what is offered', async () => {
  const { page, faults } = window;
  await write(page, '{\n  "StartAt": "A",\n  "States": {\n    "A": {\n      |\n    }\n  }\n}');
  await take(page, 'Task', 'Type: Task');
  // The place to fill in asks by itself for what can stand there.
  await take(page, 'sqs', 'arn:aws:states:::sqs:sendMessage');
  await page.keyboard.press('Escape');
  const { Type, Resource, Parameters, End } = (await definition(page)).States.A;
  assert.deepEqual([Type, Resource, Object.keys(Parameters), End], ['Task', 'arn:aws:states:::sqs:sendMessage', ['QueueUrl', 'MessageBody'], true]);

  await write(page, machine({ A: { Type: 'Wait', '|': 0 }, B: { Type: 'Pass', Next: 'C' }, C: { Type: 'Succeed' } }).replace(',\n      "|": 0', ',\n      |'));
  const fields = await offered(page);
  assert.deepEqual(fields.slice(0, 2), ['Seconds', 'SecondsPath'], 'its own fields come first');
  assert.ok(!fields.includes('Resource'));
  // Asked for a second time the words beside the list come or go: they are there unless the list came just before it was asked for.
  const words = page.locator('.suggest-details').getByText('A whole number from 0');
  await words.waitFor({ timeout: 2000 }).catch(() => page.keyboard.press('Control+Space'));
  await words.waitFor();
  await take(page, 'Next', 'Next');
  assert.deepEqual(await offered(page), ['B', 'C', 'A'], 'the state that follows comes first');
  await page.keyboard.press('Enter');
  assert.equal((await definition(page)).States.A.Next, 'B');
  noFaults(faults);
});

test('error names, integrations and states are offered where they belong', async () => {
  const { page, faults } = window;
  await write(page, machine({ A: { Type: 'Task', Resource: '|', Catch: [{ ErrorEquals: ['X'], Next: 'A' }], End: true } }));
  assert.ok((await offered(page)).includes('arn:aws:states:::lambda:invoke'));
  await page.keyboard.press('Escape');
  await write(page, machine({ A: { Type: 'Task', Resource: 'r', Catch: [{ ErrorEquals: ['|'], Next: 'A' }], End: true } }));
  assert.deepEqual((await offered(page)).slice(0, 2), ['States.ALL', 'States.TaskFailed']);
  await page.keyboard.press('Escape');
  await write(page, '{\n  "StartAt": "Begin",\n  "States": {\n    |\n  }\n}');
  await take(page, 'Pass', 'Pass state');
  await page.keyboard.press('Escape');
  assert.deepEqual(await definition(page), { StartAt: 'Begin', States: { Begin: { Type: 'Pass', End: true } } }, 'it is called as it is wanted');
  noFaults(faults);
});

const pay = {
  Pay: {
    Type: 'Task',
    Resource: 'arn:aws:lambda:us-east-1:123456789012:function:pay',
    Parameters: { 'id.$': '$.order.id' },
    ResultSelector: { 'number.$': '$.receipt.number' },
    Assign: { 'total.$': '$.paid' },
    ResultPath: '$.payment',
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
    Next: 'Done',
  },
  Done: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.order.id + $total %}', End: true },
};

/** Writes and runs a machine that has both languages. */
async function runBoth(page) {
  await paste(page, 'Functions', 'exports.pay = async () => ({ paid: 5, receipt: { number: "r-1" } });');
  await paste(page, 'Input', { order: { id: 7, items: [{ price: 2 }] } });
  await paste(page, 'Definition', machine(pay));
  assert.equal(await run(page), 'Succeeded');
  return machine(pay);
}

test('paths and expressions go on by the data of the last run', async () => {
  const { page, faults } = window;
  const text = await runBoth(page);
  await page.locator('.editor .view-lines').first().click();
  await caretAt(page, text, 'order.id"');
  assert.deepEqual(await offered(page), ['order'], 'the input of the state');
  await page.keyboard.press('Escape');
  await caretAt(page, text, 'receipt.number');
  assert.deepEqual(await offered(page), ['paid', 'receipt'], 'in ResultSelector the result');
  await page.keyboard.press('Escape');
  await caretAt(page, text, 'id + $total');
  assert.deepEqual(await offered(page), ['id', 'items']);
  await page.keyboard.press('Escape');
  await caretAt(page, text, '$total %}', 3);
  assert.equal((await offered(page))[0], '$total', 'a variable');
  noFaults(faults);
});

test('what stands at the caret is explained', async () => {
  const { page, faults } = window;
  const text = await runBoth(page);
  await page.locator('.editor .view-lines').first().click();
  for (const [needle, into, words] of [
    ['ResultPath', 3, /Where in the input the result is placed/],
    ['States.ALL', 3, /every error that can be caught/],
    ['"Done": {', 3, /Pass state/],
    ['order.id"', 1, /\$\.order\.id in the last run\s+7/],
    ['receipt.number', 1, /"r-1"/],
    [' + $total', 1, /This text in the last run\s+12/],
  ]) {
    await caretAt(page, text, needle, into);
    assert.match(await explained(page), words);
  }
  noFaults(faults);
});

test('a problem is mended at the caret, and all that are sure at once', async () => {
  const { page, faults } = window;
  await write(page, machine({ A: { Type: 'Pass', Next: 'Dnoe|' }, Done: { Type: 'Succeed' } }));
  await mend(page, 'Change to Done');
  assert.equal((await definition(page)).States.A.Next, 'Done');

  const faulty = { A: { Type: 'Pass', Next: '|Dnoe', parameters: {} }, Done: { type: 'Succed' } };
  await write(page, machine(faulty));
  await mend(page, /^Make all \d safe fixes/);
  assert.deepEqual((await definition(page)).States, { A: { Type: 'Pass', Next: 'Done', Parameters: {} }, Done: { Type: 'Succeed' } });

  await write(page, machine({ A: { Type: 'Pass', 'In|putPath': '$.a', End: true } }));
  await mend(page, 'Convert A to JSONata');
  assert.deepEqual((await definition(page)).States.A, { Type: 'Pass', QueryLanguage: 'JSONata', End: true, Output: '{% $states.input.a %}' });

  await paste(page, 'Functions', 'exports.other = () => 1;\n');
  await write(page, machine({ A: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:p|ay', End: true } }));
  await mend(page, 'Write the function pay');
  assert.match(await texts(page, 'Functions'), /exports\['pay'\] = async/);
  noFaults(faults);
});

const three = { A: { Type: 'Choice', Choices: [{ Variable: '$.x', IsPresent: true, Next: 'B' }], Default: 'C' }, B: { Type: 'Pass', Next: 'C' }, C: { Type: 'Succeed' } };

test('a state is found, listed and renamed everywhere', async () => {
  const { page, faults } = window;
  const text = machine(three);
  await paste(page, 'Definition', text);
  await caretAt(page, text, '"Next": "C"', 10);
  await page.keyboard.press('F12');
  await caret(page, text.slice(0, text.indexOf('"C": {')).split('\n').length, 5);
  await page.keyboard.press('Shift+F12');
  await page.getByText('References (3)').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F2');
  const name = page.locator('.rename-box input:focus');
  await name.waitFor();
  await page.keyboard.type('The end');
  await page.keyboard.press('Enter');
  await name.waitFor({ state: 'hidden' });
  const { States } = await definition(page);
  assert.deepEqual([States.A.Default, States.B.Next, Object.keys(States)], ['The end', 'The end', ['A', 'B', 'The end']]);

  await page.keyboard.press('ControlOrMeta+Shift+O');
  const symbols = page.locator('.quick-input-widget .monaco-list-row');
  await symbols.filter({ hasText: 'The end' }).waitFor();
  assert.equal(await symbols.count(), 3);
  await page.keyboard.type('B');
  await page.keyboard.press('Enter');
  await caret(page, 15, 5);
  noFaults(faults);
});

test('states are folded, and the text is formatted', async () => {
  const { page, faults } = window;
  await paste(page, 'Definition', JSON.stringify(JSON.parse(machine(three))));
  await page.keyboard.press('Shift+Alt+F');
  assert.equal(await texts(page, 'Definition'), `${machine(three)}\n`);
  const lines = page.locator('.editor-panel[data-shown="true"] .view-line');
  const all = await lines.count();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.press('ControlOrMeta+e');
  await page.waitForFunction((all) => document.querySelectorAll('.editor-panel[data-shown="true"] .view-line').length < all, all);
  const left = (await lines.allInnerTexts()).map((line) => line.replaceAll('\u00a0', ' ').trim()).filter((line) => /^"[ABC]"/.test(line));
  assert.equal(left.length, 3, 'each state is a line');
  assert.equal(await lines.count(), 12);
  noFaults(faults);
});

test('a whole pattern is put in and runs', async () => {
  const { page, faults } = window;
  await write(page, ' |');
  await take(page, 'Map', 'Map over a list');
  await page.keyboard.press('Escape');
  await paste(page, 'Input', { items: [1, 2] });
  assert.equal(await run(page), 'Succeeded');
  assert.equal(await page.locator('.run-bar-message').innerText().then((text) => text.replace(/\s/g, '')), '[1,2]');
  noFaults(faults);
});

test('problems are counted, filtered, gone to and mended by keyboard', async () => {
  const { page, faults } = window;
  await paste(page, 'Definition', machine({ A: { Type: 'Pass', Next: 'Nowhere', Assign: { x: 1 } }, B: { Type: 'Pas', End: true } }));
  await showProblems(page);
  await counts(page, '3 errors, 1 warning');
  await page.getByRole('textbox', { name: 'Filter the record' }).fill('nowhere');
  await counts(page, '1 error, 0 warnings of 4');
  await page.getByRole('textbox', { name: 'Filter the record' }).fill('');
  await counts(page, '3 errors, 1 warning');

  const list = problems(page);
  await list.getByRole('option').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await caret(page, 6, 24);
  assert.equal(await copied(page), '"Nowhere"', 'the problem is selected in the text');

  await list.getByRole('option', { name: /Pas/ }).first().focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await list.getByRole('option', { name: /no state type/ }).waitFor({ state: 'detached' });
  assert.equal((await definition(page)).States.B.Type, 'Pass');
  noFaults(faults);
});

test('errors keep a run from starting, warnings do not', async () => {
  const { page, faults } = window;
  await paste(page, 'Definition', machine({ A: { Type: 'Pass', Next: 'Nowhere' } }));
  await page.keyboard.press('ControlOrMeta+Enter');
  const bar = page.locator('.run-bar');
  await bar.locator('.pill', { hasText: "Can't run" }).waitFor();
  await bar.getByText(/1 error in the definition, line 6: no state named `?Nowhere/).waitFor();
  assert.equal(await bar.getByRole('button', { name: 'run anyway' }).count(), 0, 'there is nothing to run');
  await caret(page, 6, 24);

  // AWS refuses a state that nothing leads to; it can be run here.
  await paste(page, 'Definition', machine({ A: { Type: 'Succeed' }, B: { Type: 'Succeed' } }));
  await page.keyboard.press('ControlOrMeta+Enter');
  await bar.getByText(/nothing leads to state/).waitFor();
  await bar.getByRole('button', { name: 'run anyway' }).click();
  assert.equal(await outcome(page), 'Succeeded');

  await paste(page, 'Definition', machine({ A: { Type: 'Pass', Assign: { unread: 1 }, End: true } }));
  await showProblems(page);
  await counts(page, '0 errors, 1 warning');
  assert.equal(await run(page), 'Succeeded');
  noFaults(faults);
});

test('text copied with line numbers is told once, and mended', async () => {
  const { page, faults } = window;
  const numbered = machine({ A: { Type: 'Pass', Next: 'Nowhere' } }).split('\n').map((line, at) => `${at + 1} ${line}`).join('\n');
  await paste(page, 'Definition', numbered);
  await showProblems(page);
  await counts(page, '2 errors, 0 warnings');
  const first = problems(page).getByRole('option').first();
  await first.getByText('copied with line numbers').waitFor();
  await first.getByRole('button').first().click();
  await counts(page, '1 error, 0 warnings');
  assert.equal((await definition(page)).States.A.Next, 'Nowhere');
  noFaults(faults);
});

test('a definition in YAML becomes JSON, with a note', async () => {
  const { page, faults } = window;
  const yaml = '# who wrote it\nStartAt: A\nStates:\n  A:\n    Type: Succeed # the end\n';
  await paste(page, 'Definition', yaml);
  await page.getByText(/written in YAML/).waitFor();
  assert.deepEqual(await definition(page), { StartAt: 'A', States: { A: { Type: 'Succeed' } } });
  await page.getByRole('button', { name: 'Dismiss' }).click();

  // What can't be read is told at its place in the YAML.
  await paste(page, 'Definition', 'StartAt: A\nStates:\n  A:\n    Type: "Succeed\n');
  await showProblems(page);
  await problems(page).getByRole('option', { name: /not YAML/ }).waitFor();
  await paste(page, 'Definition', 'StartAt: A\nStates:\n  A:\n    Type: Succeed\n    Type: Pass\n');
  await problems(page).getByRole('option', { name: /Definition 5:5/ }).waitFor();

  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'definition-')), 'orders.asl.yaml');
  fs.writeFileSync(file, yaml);
  await page.locator('input[type=file]').setInputFiles(file, { timeout: 2000 }).catch(async () => {
    await page.getByRole('button', { name: /Examples/ }).click();
    await page.locator('input[type=file]').setInputFiles(file);
  });
  await page.getByText(/written in YAML/).waitFor();
  assert.deepEqual((await definition(page)).States, { A: { Type: 'Succeed' } });
  noFaults(faults);
});

test('places are right beside emoji and tabs, and with either end of line', async () => {
  const { page, faults } = window;
  for (const end of ['\n', '\r\n']) {
    const text = ['{ "StartAt": "🐉 é", "States": {', '\t"🐉 é": {\t"Type": "Pass",', '\t\t"Comment": "🎉🎉", "Next": "Nöwhere 🎈"', '\t} } }'].join(end);
    await paste(page, 'Definition', text);
    await showProblems(page);
    const option = problems(page).getByRole('option', { name: /Nöwhere/ });
    await option.getByText('Definition 3:30').waitFor();
    await option.click();
    assert.equal(await copied(page), '"Nöwhere 🎈"');
    await paste(page, 'Definition', '{}');
    await option.waitFor({ state: 'detached' });
  }
  noFaults(faults);
});
