// The examples: their documents are fetched when they are wanted, which takes its time or fails.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import { hosted, noFaults, outcome, ready } from './support.mjs';

const host = hosted();
const folders = path.resolve(import.meta.dirname, '../../www/examples');
const FILE = '**/examples.json';
let window;

afterEach(() => window?.context.close());

/** A page, and how often it has asked for the examples. */
async function opened() {
  window = await host.open();
  await window.page.waitForLoadState('networkidle');
  window.asked = 0;
  window.page.on('request', (request) => (window.asked += request.url().endsWith('/examples.json')));
  return window;
}

const menu = (page) => page.getByRole('dialog', { name: 'Examples' });
const openMenu = (page) => page.getByRole('button', { name: 'Examples' }).first().click();
const choose = (page, title) => menu(page).getByRole('button', { name: new RegExp(`^${title}`) }).click();
const nameField = (page) => page.getByRole('textbox', { name: /name/i }).first();
const document = (page) => page.evaluate(() => window.playground.document());

/** Until a document of this name is open. */
async function shown(page, name) {
  await page.waitForFunction((name) => window.playground.document().name === name, name);
  assert.equal(await nameField(page).inputValue(), name);
}

/** Lets the file wait until it is let go. */
async function hold(context) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route(FILE, async (route) => (await held, route.continue()));
  return release;
}

test('all examples open as their files have them', async () => {
  const { page, faults } = await opened();
  assert.equal(window.asked, 0);
  await openMenu(page);
  await menu(page).getByText(/states · JSONata$/).waitFor();
  const titles = await menu(page).locator('.examples-name').allInnerTexts();
  const read = (slug, file) => fs.readFileSync(path.join(folders, slug, file), 'utf8');
  const data = (slug) => (fs.existsSync(path.join(folders, slug, 'data.json')) ? JSON.parse(read(slug, 'data.json')) : {});
  const value = (definition) => (typeof definition === 'string' ? JSON.parse(definition) : definition);
  const plain = ([name, { type, definition }]) => [name, type, value(definition)];
  const whole = (texts, { objects = {}, machines = {} }) => JSON.stringify([texts, objects, Object.entries(machines).map(plain)]);
  const wanted = new Set(fs.readdirSync(folders).map((slug) => whole(['definition.json', 'functions.js', 'input.json'].map((file) => read(slug, file)), data(slug))));
  assert.equal(titles.length, wanted.size);
  for (const title of titles) {
    if (!(await menu(page).isVisible())) await openMenu(page);
    await choose(page, title);
    await shown(page, title);
    const opened = await document(page);
    assert.ok(wanted.delete(whole([opened.definition, opened.mocks, opened.input], opened)), title);
  }
  assert.equal(window.asked, 1);
  noFaults(faults);
});

test('a reload shows an example that nobody has changed, without asking for it', async () => {
  const { page, faults } = await opened();
  await openMenu(page);
  await choose(page, 'Import orders');
  await shown(page, 'Import orders');
  const before = await document(page);
  window.asked = 0;
  await page.reload();
  await ready(page);
  assert.deepEqual(await document(page), before);
  assert.equal(window.asked, 0);
  await openMenu(page);
  assert.equal(await menu(page).locator('[aria-current="true"] .examples-name').innerText(), 'Import orders');
  noFaults(faults);
});

test('examples that are out of reach are told in the menu, which goes on', async () => {
  const { page, context } = await opened();
  await context.route(FILE, (route) => route.abort());
  await openMenu(page);
  await menu(page).getByRole('alert').filter({ hasText: /could not be fetched/ }).waitFor();

  // The first is part of the page.
  await choose(page, 'Hello, world');
  await menu(page).waitFor({ state: 'hidden' });
  await page.keyboard.press('ControlOrMeta+Enter');
  assert.equal(await outcome(page), 'Succeeded');

  // What was chosen opens once it is here, and keys go on working in the menu meanwhile.
  await openMenu(page);
  await choose(page, 'Price an order');
  const again = menu(page).getByRole('button', { name: 'Try again' });
  await again.waitFor();
  await again.click();
  await again.waitFor();
  assert.equal((await document(page)).name, 'Hello, world');
  await page.keyboard.type('price');
  await menu(page).getByText('Import orders').waitFor({ state: 'detached' });
  await context.unroute(FILE);
  await again.focus();
  await page.keyboard.press('Enter');
  await shown(page, 'Price an order');
});

test('an example that comes late is opened, unless the person has gone on', async () => {
  const { page, context, faults } = await opened();
  let release = await hold(context);
  await openMenu(page);
  await menu(page).getByText('Fetching the examples').waitFor();
  await choose(page, 'Dragon registry');
  await menu(page).locator('.examples-item', { hasText: 'Dragon registry' }).getByText('Opening').waitFor();
  release();
  await shown(page, 'Dragon registry');
  await menu(page).waitFor({ state: 'hidden' });
  await context.unroute(FILE);

  // What becomes of one that was chosen before something else was done.
  const overtaken = async (goOn, name) => {
    await page.reload();
    await ready(page);
    release = await hold(context);
    await openMenu(page);
    await choose(page, 'Undo a booking');
    await goOn();
    const answered = page.waitForResponse(FILE);
    release();
    await (await answered).finished();
    if (!(await menu(page).isVisible())) await openMenu(page);
    await menu(page).getByText('Opening one keeps your work').waitFor();
    assert.equal((await document(page)).name, name);
    await context.unroute(FILE);
  };
  await overtaken(() => page.keyboard.press('Escape'), 'Dragon registry');
  await overtaken(() => page.evaluate(() => window.playground.load({ name: 'From elsewhere', definition: {} })), 'From elsewhere');
  await overtaken(() => nameField(page).fill('Mine'), 'Mine');
  noFaults(faults);
});
