// What becomes of a person's work: two tabs, a storage that is full or forbidden, files, links from elsewhere, an editor that doesn't load.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { hosted, monacoReady, noFaults, outcome, paste, ready, run, texts } from './support.mjs';

const host = hosted();
let window;

afterEach(() => window?.context.close());

const pass = (name) => ({ StartAt: name, States: { [name]: { Type: 'Pass', End: true } } });

/** A window whose texts are in Monaco. */
async function opened() {
  window = await host.open();
  await monacoReady(window.page);
  return window;
}

/** Comes back to the page as a person does who reloads it. */
async function reload(page) {
  await page.reload();
  await ready(page);
  await monacoReady(page);
}

/** Until everything typed is kept. */
const saved = (page) => page.getByText('Saved', { exact: true }).first().waitFor({ state: 'attached' });

test('two tabs never overwrite each other', async () => {
  const { page, context, faults } = await opened();
  await paste(page, 'Input', '{"tab": "first"}');
  await saved(page);

  // The second tab comes upon the same document, and changes it.
  const other = await context.newPage();
  await other.goto(host.url);
  await ready(other);
  await monacoReady(other);
  assert.equal(await texts(other, 'Input'), '{"tab": "first"}');
  await paste(other, 'Input', '{"tab": "second"}');
  await saved(other);

  // The first goes on with a copy of its own; a reload brings to each what it had.
  await paste(page, 'Input', '{"tab": "first again"}');
  await page.getByRole('status').filter({ hasText: /copy of its own/ }).waitFor({ state: 'attached' });
  await reload(page);
  assert.equal(await texts(page, 'Input'), '{"tab": "first again"}');
  await reload(other);
  assert.equal(await texts(other, 'Input'), '{"tab": "second"}');
  noFaults(faults);
});

test('a storage that is full is told, and the page goes on', async () => {
  const { page, faults } = await opened();
  await page.evaluate(() => {
    let piece = 'x'.repeat(1 << 20);
    for (let at = 0; piece; at++) {
      try {
        localStorage.setItem(`other ${at}`, piece);
      } catch {
        piece = piece.slice(piece.length / 2 + 1);
      }
    }
  });
  await paste(page, 'Functions', `// ${'y'.repeat(2000)}`);
  await page.getByText(/storage is full/).first().waitFor();
  assert.equal(await run(page), 'Succeeded');
  noFaults(faults);
});

test('a storage that is forbidden is told, and the page goes on', async () => {
  const context = await host.browser.newContext();
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(globalThis, name, { get: () => { throw new DOMException('no', 'SecurityError'); } });
  });
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  await page.goto(host.url);
  await ready(page);
  await monacoReady(page);
  await page.getByText(/forbids storage/).first().waitFor();
  assert.equal(await run(page), 'Succeeded');
  assert.deepEqual(wrong, []);
  await context.close();
});

test('a file is opened from the menu, and dropped on the page', async () => {
  const { page, faults } = await opened();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'asl-playground-'));
  const file = path.join(folder, 'night-shift.asl.json');
  fs.writeFileSync(file, JSON.stringify(pass('From a file')));

  await page.getByRole('button', { name: 'Examples' }).first().click();
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open file' }).click()]);
  await chooser.setFiles(file);
  await page.getByRole('status').filter({ hasText: /night-shift.asl.json opened/ }).waitFor({ state: 'attached' });
  assert.match(await texts(page, 'Definition'), /"From a file"/);
  assert.equal(await page.getByRole('textbox', { name: /name/i }).first().inputValue(), 'night-shift');

  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, JSON.stringify(pass('Dropped')));
  await page.getByRole('status').filter({ hasText: /dropped.json opened/ }).waitFor({ state: 'attached' });
  assert.match(await texts(page, 'Definition'), /"Dropped"/);
  assert.equal(await run(page), 'Succeeded');

  // What is no document is told, and nothing is lost.
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array([0xff, 0xfe, 0, 1, 2])], 'picture.png'));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await page.getByText(/picture\.png/).first().waitFor();
  assert.match(await texts(page, 'Definition'), /"Dropped"/);
  noFaults(faults);
  fs.rmSync(folder, { recursive: true });
});

test('a link that is newer or damaged says so and leaves the work alone', async () => {
  const { page, faults } = await opened();
  await paste(page, 'Input', '{"mine": true}');
  await saved(page);
  for (const [fragment, words] of [['v999.AAAA', /newer than this page/], ['v1.AAAA', /cut or damaged/], ['nonsense', /cut or damaged/]]) {
    await page.evaluate((fragment) => { location.hash = fragment; }, fragment);
    await page.getByText(words).first().waitFor();
    assert.equal(await texts(page, 'Input'), '{"mine": true}');
  }
  // The same by an address that is opened anew.
  await page.goto('about:blank');
  await page.goto(`${host.url}#v999.AAAA`);
  await ready(page);
  await monacoReady(page);
  await page.getByText(/newer than this page/).first().waitFor();
  assert.equal(await texts(page, 'Input'), '{"mine": true}');
  noFaults(faults);
});

test('a link is opened as a document of its own, and "keep mine" comes back', async () => {
  const { page, context, faults } = await opened();
  await paste(page, 'Input', '{"whose": "mine"}');
  await saved(page);
  const other = await host.open();
  await monacoReady(other.page);
  await paste(other.page, 'Input', '{"whose": "linked"}');
  const link = await other.page.evaluate(() => window.playground.link());
  await other.context.close();

  await page.goto('about:blank');
  await page.goto(link);
  await ready(page);
  await monacoReady(page);
  assert.equal(await texts(page, 'Input'), '{"whose": "linked"}');
  await page.getByRole('button', { name: /keep mine/i }).click();
  await monacoReady(page);
  assert.equal(await texts(page, 'Input'), '{"whose": "mine"}');
  assert.equal(await page.evaluate(() => location.hash), '');
  await reload(page);
  assert.equal(await texts(page, 'Input'), '{"whose": "mine"}');
  noFaults(faults);
  await context.close();
});

test('without Monaco the page works with plain text areas', async () => {
  const context = await host.browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.route('**/monaco/**', (route) => route.abort());
  const page = await context.newPage();
  await page.goto(host.url);
  await ready(page);
  const tab = (name) => page.getByRole('tablist', { name: 'Document' }).getByRole('tab', { name: new RegExp(`^${name}`) });
  const write = async (name, text) => {
    await tab(name).click();
    await page.getByRole('tabpanel', { name: new RegExp(`^${name}`) }).locator('textarea').fill(text);
  };
  await write('Functions', 'exports.add = (event) => event.a + 1;\n');
  await write('Input', '{"a": 41}');
  await write('Definition', JSON.stringify({ StartAt: 'Add', States: { Add: { Type: 'Task', Resource: 'add', End: true } } }));
  await page.keyboard.press('ControlOrMeta+Enter');
  assert.equal(await outcome(page), 'Succeeded');
  await page.locator('.run-bar-message', { hasText: '42' }).waitFor();
  await page.reload();
  await ready(page);
  await tab('Input').click();
  assert.equal(await page.getByRole('tabpanel', { name: /^Input/ }).locator('textarea').inputValue(), '{"a": 41}');
  await context.close();
});

test('problems of a document that is opened are underlined where they are', async () => {
  const { page, faults } = await opened();
  const definition = { StartAt: 'One', States: { One: { Type: 'Pass', Comment: 'first', Assign: { unused: 1 }, End: true } } };
  await page.evaluate((definition) => window.playground.load({ definition }), definition);
  const underlined = page.locator('.monaco-editor .squiggly-warning').first();
  await underlined.waitFor();
  const line = page.locator('.view-line', { hasText: '"unused"' });
  const [mark, text] = [await underlined.boundingBox(), await line.boundingBox()];
  assert.ok(Math.abs(mark.y - text.y) < text.height, `underlined at ${mark.y}, the text is at ${text.y}`);
  noFaults(faults);
});

test('a definition with errors can be run anyway', async () => {
  const { page, faults } = await opened();
  const definition = { StartAt: 'One', States: { One: { Type: 'Pass', End: true, Colour: 'red' } } };
  await paste(page, 'Definition', definition);
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.locator('.run-bar .pill', { hasText: "Can't run" }).waitFor();
  await page.getByRole('button', { name: 'run anyway' }).click();
  assert.equal(await outcome(page), 'Succeeded');
  noFaults(faults);
});

test('panes resize with mouse and keyboard, and stay so', async () => {
  const { page, faults } = await opened();
  const splitter = page.getByRole('separator').first();
  const place = async () => (await splitter.boundingBox()).x;
  const before = await place();
  const box = await splitter.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 100, { steps: 5 });
  await page.mouse.up();
  const dragged = await place();
  assert.ok(Math.abs(dragged - before - 120) < 12, `dragged from ${before} to ${dragged}`);
  await splitter.focus();
  await page.keyboard.press('ArrowLeft');
  const stepped = await place();
  assert.ok(stepped < dragged, `stepped from ${dragged} to ${stepped}`);
  await reload(page);
  const after = await place();
  assert.ok(Math.abs(after - stepped) < 2, `left at ${stepped}, found at ${after}`);
  noFaults(faults);
});
