// The graph of the built page as people use it: with the pointer, the keyboard and a screen reader, and what leaves it as pictures.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { beforeEach, test } from 'node:test';
import { hosted, monacoReady, noFaults } from './support.mjs';

const host = hosted();
let window, page;

beforeEach(async () => {
  await window?.context.close();
  window = await host.open({ acceptDownloads: true });
  page = window.page;
  await load(parcels);
});

const task = (name, more) => ({ Type: 'Task', Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}`, ...more });
const machine = (StartAt, States) => ({ StartAt, States });

/** A catcher, a Map whose items go two ways, a Parallel, a Choice with two rules to the same state. */
const parcels = {
  input: { parcels: [{ kg: 1 }, { kg: 5 }, { kg: 9 }], left: 0 },
  mocks: "exports.reserve = (it) => { if (it.full) throw Object.assign(new Error('no room'), { name: 'Full' }); return it; };",
  definition: machine('Reserve', {
    Reserve: task('reserve', { Next: 'Each parcel', Catch: [{ ErrorEquals: ['Full'], ResultPath: null, Next: 'Sorry' }] }),
    'Each parcel': {
      Type: 'Map',
      ItemsPath: '$.parcels',
      ResultPath: null,
      ItemProcessor: machine('Heavy?', {
        'Heavy?': { Type: 'Choice', Choices: [{ Variable: '$.kg', NumericGreaterThan: 4, Next: 'Lorry' }], Default: 'Bike' },
        Lorry: { Type: 'Pass', End: true },
        Bike: { Type: 'Pass', End: true },
      }),
      Next: 'Tell all',
    },
    'Tell all': {
      Type: 'Parallel',
      ResultPath: null,
      Branches: [machine('Mail', { Mail: { Type: 'Pass', End: true } }), machine('Text', { Text: { Type: 'Pass', End: true } })],
      Next: 'More?',
    },
    'More?': {
      Type: 'Choice',
      Choices: [
        { Variable: '$.left', NumericGreaterThan: 9, Next: 'Done' },
        { Variable: '$.left', NumericLessThan: 1, Next: 'Done' },
      ],
      Default: 'Reserve',
    },
    Done: { Type: 'Succeed' },
    Sorry: { Type: 'Fail', Error: 'NoRoom' },
  }),
};

const load = (document) => page.evaluate(async (document) => (await playground.ready, playground.load(document)), document);
const run = (input) => page.evaluate(async ([input, document]) => {
  if (input) playground.load({ ...document, input });
  return playground.run({ speed: 'instant' });
}, [input, parcels]);
const node = (name) => page.locator('.graph').getByRole('button', { name: new RegExp(`^${name.replace('?', '\\?')}, `) });
const inspector = () => page.getByRole('complementary', { name: 'Inspector' });
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-id'));
const tool = (name) => page.getByRole('toolbar', { name: 'Graph' }).getByRole('button', { name });
const percent = () => tool('Zoom to 100%').innerText();
const settle = () => page.waitForTimeout(350); // a pan travels
/** Where a state is on the screen. */
const place = async (name) => (await settle(), node(name).locator('.graph-card').boundingBox());
const more = async (name) => {
  const menu = page.getByRole('dialog', { name: 'More about the graph' });
  if (!(await menu.isVisible())) await tool('More about the graph').click();
  return menu.getByRole('button', { name, exact: true });
};
const chain = (count) => machine('S0', Object.fromEntries(Array.from({ length: count }, (_, at) => [
  `S${at}`, { Type: 'Pass', ...(at + 1 < count ? { Next: `S${at + 1}` } : { End: true }) },
])));

test('a click selects a state everywhere, and what is selected elsewhere is selected here', async () => {
  await monacoReady(page);
  await run();
  await node('Sorry').click();
  await inspector().getByRole('heading', { name: /Sorry/ }).waitFor();
  assert.equal(await node('Sorry').getAttribute('aria-pressed'), 'true');
  await page.locator('.monaco-editor .editor-selected').first().waitFor();
  await page.locator('.view-line', { hasText: '"Sorry": {' }).waitFor();

  await page.getByRole('textbox', { name: 'Filter the record' }).fill('TaskStateEntered');
  await page.getByRole('grid', { name: 'Events' }).getByRole('row', { name: /TaskStateEntered/ }).first().click();
  await page.locator('.graph [data-id="/States/Reserve"][aria-pressed="true"]').waitFor();
  assert.equal(await node('Sorry').getAttribute('aria-pressed'), 'false');

  await page.locator('.graph-canvas').click({ position: { x: 590, y: 500 } });
  assert.equal(await page.locator('.graph [aria-pressed="true"]').count(), 0, 'the canvas deselects');
  noFaults(window.faults);
});

test('the keyboard walks along the lines, and Enter leads to the text', async () => {
  await monacoReady(page);
  await node('Reserve').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), '/States/Each parcel');
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(), '/States/Reserve');
  await page.keyboard.press('End');
  const last = await focused();
  await page.keyboard.press('Home');
  assert.equal(await focused(), '/States/Reserve');
  assert.notEqual(last, '/States/Reserve');
  assert.equal(await page.locator('.graph [tabindex="0"]').count(), 1, 'the graph is one stop of the Tab key');
  await node('Tell all').focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.closest('.monaco-editor'));
  const line = await page.locator('.editor-foot, .editor').getByText(/^Ln \d+, Col /).first().innerText();
  const text = await page.evaluate(() => playground.document().definition);
  assert.equal(line.match(/Ln (\d+)/)[1], String(text.split('\n').findIndex((line) => line.includes('"Tell all": {')) + 1));
  noFaults(window.faults);
});

test('the wheel zooms where the pointer is, dragging moves, the tools fit and go to 100%', async () => {
  const before = await place('Done');
  await page.mouse.move(before.x + 30, before.y + 20);
  await page.mouse.wheel(0, -240);
  const zoomed = await place('Done');
  assert.ok(zoomed.width > before.width * 1.2);
  assert.ok(Math.abs((zoomed.x + 30 * (zoomed.width / before.width)) - (before.x + 30)) < 3, 'the point under the pointer stays');

  await page.mouse.down();
  await page.mouse.move(before.x + 80, before.y - 40, { steps: 5 });
  await page.mouse.up();
  const dragged = await place('Done');
  assert.ok(Math.abs(dragged.x - zoomed.x - 50) < 2 && Math.abs(dragged.y - zoomed.y + 60) < 2);
  assert.equal(await page.locator('.graph [aria-pressed="true"]').count(), 0, 'a drag is no click');

  await tool('Zoom to 100%').click();
  assert.equal(await percent(), '100%');
  await tool(/^Zoom in/).click();
  assert.equal(await percent(), '125%');
  await tool(/^Fit/).click();
  const [canvas, fitted] = [await page.locator('.graph').boundingBox(), await place('Done')];
  assert.ok(fitted.y + fitted.height <= canvas.y + canvas.height && fitted.x >= canvas.x);
  noFaults(window.faults);
});

test('the graph goes full screen and back', async () => {
  await (await more('Full screen')).click();
  await page.waitForFunction(() => document.fullscreenElement?.classList.contains('graph'));
  await page.evaluate(() => document.exitFullscreen());
  await page.waitForFunction(() => !document.fullscreenElement);
  noFaults(window.faults);
});

test('above 40 states a small map shows where one is, and leads elsewhere', async () => {
  assert.equal(await page.locator('.graph-minimap').count(), 0);
  await load({ definition: chain(60) });
  const map = page.locator('.graph-minimap svg');
  await map.waitFor();
  await tool(/^Fit/).click();
  await settle();
  await map.waitFor();
  await tool('Zoom to 100%').click();
  const box = await map.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height - 3);
  await page.waitForFunction(() => {
    const [panel, last] = [document.querySelector('.graph'), document.querySelector('[data-id="/States/S59"]')].map((it) => it.getBoundingClientRect());
    return last.top > panel.top && last.bottom < panel.bottom;
  });
  noFaults(window.faults);
});

test('states are found by a part of their names', async () => {
  await page.locator('.graph').getByRole('button', { name: /^Reserve, / }).focus();
  await page.keyboard.press('/');
  await page.getByRole('searchbox', { name: 'Find a state' }).fill('BIKE');
  assert.equal(await page.locator('.graph-node[data-found]').count(), 1);
  await page.keyboard.press('Enter');
  await page.locator('[data-id$="/States/Bike"][aria-pressed="true"]').waitFor();
  await page.getByRole('searchbox', { name: 'Find a state' }).fill('nothing like it');
  await page.locator('.graph-find').getByText('none').waitFor();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.graph-find').count(), 0);
  noFaults(window.faults);
});

test('containers close and open, and the drawing turns', async () => {
  await node('Each parcel').focus();
  await page.keyboard.press(' ');
  assert.equal(await node('Lorry').count(), 0);
  await page.locator('.graph-node:not(.graph-container):focus').waitFor();
  await page.keyboard.press(' ');
  await node('Lorry').waitFor();
  await (await more('Close all containers')).click();
  assert.equal((await node('Mail').count()) + (await node('Bike').count()), 0);
  await (await more('Open all containers')).click();
  await node('Mail').waitFor();
  await page.keyboard.press('Escape');
  const down = [await place('Reserve'), await place('Each parcel')];
  assert.ok(down[1].y > down[0].y + down[0].height);
  await (await more('Draw left to right')).click();
  await page.keyboard.press('Escape');
  const right = [await place('Reserve'), await place('Each parcel')];
  assert.ok(right[1].x > right[0].x + right[0].width);
  await (await more('Draw top to bottom')).waitFor();
  noFaults(window.faults);
});

test('a run is told by sign and word, the way it took by lines', async () => {
  await run();
  assert.equal(await node('Reserve').getAttribute('aria-label'), 'Reserve, Lambda function, succeeded');
  assert.equal(await node('Reserve').locator('.graph-sign').getAttribute('href'), '#status-succeeded');
  assert.match(await node('Sorry').getAttribute('aria-label'), /not entered$/);
  assert.equal(await node('Sorry').locator('.graph-sign').count(), 0);
  // Of the two rules to Done the second held; the first parcel went by the default.
  assert.equal(await page.locator('.graph-edge[data-taken][data-kind="choice"]').count(), 1);
  assert.equal(await page.locator('.graph-edge[data-taken][data-kind="catch"]').count(), 0);

  await run({ ...parcels.input, full: true });
  assert.match(await node('Reserve').getAttribute('aria-label'), /caught error/);
  assert.match(await node('Sorry').getAttribute('aria-label'), /failed$/);
  assert.equal(await page.locator('.graph-edge[data-taken][data-kind="catch"]').count(), 1);
  assert.equal(await page.locator('.graph-edge[data-taken][data-kind="end"]').count(), 1, 'a Fail state leads to the end');
  noFaults(window.faults);
});

test('a Map shows one iteration, picked here or wherever a visit is', async () => {
  await run();
  const picked = () => page.locator('.graph-picker-value').textContent();
  const entered = async (name) => !/not entered/.test(await node(name).getAttribute('aria-label'));
  assert.equal(await picked(), '#0');
  assert.deepEqual([await entered('Bike'), await entered('Lorry')], [true, false]);
  await page.locator('.graph-cell').nth(2).click();
  assert.equal(await picked(), '#2');
  assert.deepEqual([await entered('Bike'), await entered('Lorry')], [false, true]);
  // What is selected in the Map is that of the iteration shown.
  await node('Lorry').click();
  await inspector().getByText(/#2/).first().waitFor();
  await page.keyboard.press('[');
  assert.equal(await picked(), '#1');
  await inspector().getByText(/#1/).first().waitFor();
  // And a visit selected in the record brings its iteration here.
  const rows = page.getByRole('grid', { name: 'Events' });
  await page.getByRole('textbox', { name: 'Filter the record' }).fill('Bike');
  await rows.getByRole('row', { name: /PassStateEntered/ }).first().click();
  await page.waitForFunction(() => document.querySelector('.graph-picker-value').textContent === '#0');
  noFaults(window.faults);
});

test('the table says what the drawing shows', async () => {
  await run();
  const table = page.getByRole('table', { name: 'States of the workflow' });
  const cells = async (name) => table.getByRole('row', { name: new RegExp(`^${name}`) }).locator('th, td').allInnerTexts();
  assert.deepEqual(await cells('Reserve'), ['Reserve', 'Lambda function', 'succeeded', 'Each parcel, Sorry on Catch #1: Full']);
  assert.deepEqual((await cells('More'))[3], 'Done if $.left > 9, Done if $.left < 1, Reserve by default');
  noFaults(window.faults);
});

test('while one types the last good graph stays', async () => {
  await monacoReady(page);
  await page.evaluate(() => {
    self.fewest = Infinity;
    const count = () => (self.fewest = Math.min(self.fewest, document.querySelectorAll('.graph-node').length));
    new MutationObserver(count).observe(document.querySelector('.graph-world'), { childList: true, subtree: true });
  });
  await page.locator('.view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('Delete'); // the first brace
  await page.waitForTimeout(300);
  await page.keyboard.type('"Nothing" [');
  await page.waitForTimeout(300);
  assert.ok((await page.locator('.graph-node').count()) >= 1, 'something is drawn');
  assert.ok((await page.evaluate(() => self.fewest)) >= 1, 'and was at every moment');

  await load({ definition: machine('A', { A: { Type: 'Pass', Next: 'Gone' }, B: { Type: 'Oops', End: true } }) });
  await page.locator('.graph-ghost').getByText('Gone').waitFor();
  assert.match(await node('A').getAttribute('aria-label'), /Gone/, 'the problem is said');
  assert.equal(await node('A').getAttribute('data-problem'), 'error');
  await node('B').waitFor();
  noFaults(window.faults);
});

/** Presses an entry of the menu and answers the file that is saved. */
async function saved(name) {
  const button = await more(name);
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

test('the picture is saved as SVG that needs nothing else, and as PNG of each size', async () => {
  await run();
  const svg = await saved('Save SVG');
  assert.equal(svg.name, 'workflow.svg');
  const text = svg.bytes.toString();
  const { faults, names, w, h, colours } = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const all = [...parsed.querySelectorAll('*')];
    const outside = all.flatMap((it) => [...it.attributes]).filter(({ name, value }) => /href$/.test(name) && !parsed.querySelector(value));
    const [w, h] = ['width', 'height'].map((name) => Number(parsed.documentElement.getAttribute(name)));
    const names = [...parsed.querySelectorAll('text')].map((it) => it.textContent);
    return { faults: parsed.querySelectorAll('parsererror').length + outside.length, names, w, h, colours: new Set(text.match(/#[0-9a-f]{6}/g)).size };
  }, text);
  assert.equal(faults, 0, 'well formed, and each glyph inside');
  assert.doesNotMatch(text, /var\(--(?!on-status)|class=|<script|url\(/);
  assert.ok(names.includes('Each parcel') && names.includes('$.left &lt; 1'.replace('&lt;', '<')) && colours > 4);

  for (const scale of [1, 2, 3, 4]) {
    const { name, bytes } = await saved(`${scale}×`);
    assert.equal(name, 'workflow.png');
    assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [Math.floor(w * scale), Math.floor(h * scale)]);
    const shades = await page.evaluate(async (base64) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob()).catch(() => null);
      if (!image) return 0;
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
    }, bytes.toString('base64')).catch(() => -1);
    assert.ok(shades === -1 || shades > 10, `the picture is not empty: ${shades} colours`);
  }
});

test('the picture is copied as SVG and as Mermaid, dark and without the run too', async () => {
  await run();
  const copied = async (name) => {
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await (await more(name)).click();
    await page.getByRole('dialog', { name: 'More about the graph' }).getByText('Copied').waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const mermaid = await copied('Copy Mermaid');
  assert.match(mermaid, /^flowchart TD\n/);
  assert.match(mermaid, /subgraph n\d+\["Each parcel"\]/);
  assert.match(mermaid, /-\.->\|"Catch #35;1: Full"\|/);
  const [light] = [await copied('Copy SVG')];
  const menu = page.getByRole('dialog', { name: 'More about the graph' });
  await menu.getByLabel('Dark picture').check();
  const dark = await copied('Copy SVG');
  assert.notEqual(dark.match(/<rect[^>]* fill="(#\w+)"/)[1], light.match(/<rect[^>]* fill="(#\w+)"/)[1]);
  assert.match(dark, /status-succeeded/);
  await menu.getByLabel("With the run's status").uncheck();
  assert.doesNotMatch(await copied('Copy SVG'), /status-succeeded/);
  noFaults(window.faults);
});

test('the picture is copied as PNG', async () => {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await (await more('Copy PNG')).click();
  await page.waitForFunction(async () => {
    const [item] = await navigator.clipboard.read();
    if (!item?.types.includes('image/png')) return false;
    const picture = await createImageBitmap(await item.getType('image/png'));
    return picture.width > 200 && picture.height > 200;
  });
  noFaults(window.faults);
});

test('who wants less motion gets none, and forced colours keep the borders', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const travel = await page.evaluate(() => getComputedStyle(document.querySelector('.graph-box')).transitionDuration);
  assert.ok(travel.split(', ').every((time) => parseFloat(time) === 0), travel);
  await page.emulateMedia({ reducedMotion: null, forcedColors: 'active' });
  await run();
  const look = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return { card: style('[data-id="/States/Reserve"] > .graph-card').stroke, text: style('.graph-name').fill, line: style('.graph-edge[data-taken] .graph-line').stroke };
  });
  for (const [what, colour] of Object.entries(look)) assert.ok(colour !== 'none' && !/^rgba.*, 0\)$/.test(colour), `${what}: ${colour}`);
  noFaults(window.faults);
});

/** Until a large definition is drawn: what is in sight of it. */
async function drawn(states) {
  await page.getByRole('group', { name: `Workflow graph, ${states} states` }).waitFor();
  await page.locator('[data-id="/States/S0"]').waitFor();
  assert.ok((await page.locator('.graph-node').count()) < states / 2);
}

test('of a large definition what is in sight is drawn, wherever one goes', async () => {
  await load({ definition: chain(400) });
  await drawn(400);
  await page.locator('[data-id="/States/S0"]').focus();
  for (const [key, at] of [['End', 399], ['ArrowUp', 398], ['Home', 0], ['ArrowDown', 1]]) {
    await page.keyboard.press(key);
    await page.locator(`[data-id="/States/S${at}"]:focus`).waitFor();
  }
  // The keyboard keeps its place, the view goes elsewhere.
  const map = await page.locator('.graph-minimap svg').boundingBox();
  await page.mouse.click(map.x + map.width / 2, map.y + map.height * 0.9);
  await page.locator('[data-id="/States/S360"]').waitFor({ state: 'attached' });
  assert.equal(await page.locator('[data-id="/States/S30"]').count(), 0);
  await page.locator('[data-id="/States/S1"][tabindex="0"]').waitFor({ state: 'attached' });
  await run();
  await page.locator('[data-id="/States/S360"][data-status="succeeded"]').waitFor({ state: 'attached' });
  noFaults(window.faults);
});

test('a large definition is laid out beside the page', async () => {
  const workers = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  await load({ definition: chain(500) });
  await drawn(500);
  assert.equal(workers.filter((url) => url.includes('helper')).length, 1);
  await load({ definition: chain(600) });
  await drawn(600);
  assert.equal(workers.filter((url) => url.includes('helper')).length, 1, 'the worker is kept');
  await load(parcels);
  await node('Reserve').waitFor();
  assert.equal(await page.locator('[data-id="/States/S1"]').count(), 0);
  noFaults(window.faults);
});

test('without workers the page lays it out itself', async () => {
  await window.context.close();
  window = await host.open();
  page = window.page;
  await page.evaluate(() => {
    const Plain = Worker;
    self.Worker = function (url, ...rest) {
      if (String(url).includes('helper')) throw new Error('forbidden here');
      return new Plain(url, ...rest);
    };
  });
  await load({ definition: chain(300) });
  await drawn(300);
  noFaults(window.faults);
});
