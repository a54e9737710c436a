// Figures of the built page in Chromium, each beside its bar: how soon it is there, how big it is, how long a run ever blocks it.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { goTo, launch, monacoReady, ready, serve } from './support.mjs';

const ROUNDS = 7;
const bars = {
  'page usable': 300,
  'Monaco ready': 900,
  'check of 1,000 states': 40,
  'problem seen after a key': 150,
  'longest block, 10,000 events': 50,
  'longest block, 2,000 calls': 50,
  'edit to picture, 33 states': 50,
  'edit to picture, 1,000 states': 400,
  'longest block, 1,000 states': 50,
};

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
const show = (name, millis, more = '') =>
  console.log(`${name.padEnd(32)} ${millis.toFixed(0).padStart(6)} ms  (bar ${bars[name]} ms${millis > bars[name] ? ', MISSED' : ''})${more}`);

const server = await serve();
const browser = await launch();
try {
  await start();
  await checks();
  await runs();
  await drawings();
} finally {
  await browser.close();
  server.close();
}
for (const script of ['size.mjs', 'weight.mjs']) execFileSync(process.execPath, [path.join(import.meta.dirname, script)], { stdio: 'inherit' });

/** Times since the navigation began, in a browser that has nothing cached. */
async function start() {
  const usable = [];
  const monaco = [];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addInitScript(() => {
      self.times = new Promise((resolve) => {
        const times = {};
        addEventListener('TrunkApplicationStarted', () => requestAnimationFrame(() => setTimeout(() => (times.usable = performance.now()))));
        new MutationObserver((_changes, observer) => {
          if (!document.querySelector('.monaco-editor .view-line')) return;
          observer.disconnect();
          times.monaco = performance.now();
          setTimeout(() => resolve(times));
        }).observe(document, { childList: true, subtree: true });
      });
    });
    const page = await context.newPage();
    // A browser that has just opened a window is busy with it: people navigate in one that stands.
    await page.waitForTimeout(2000);
    await page.goto(server.url);
    const times = await page.evaluate(() => self.times);
    usable.push(times.usable);
    monaco.push(times.monaco);
    await context.close();
  }
  show('page usable', median(usable), `, median of ${ROUNDS}`);
  show('Monaco ready', median(monaco), `, median of ${ROUNDS}`);
}

/** How long a check takes, and how soon after the last key a problem is underlined. */
async function checks() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.url);
  await ready(page);
  await page.locator('.monaco-editor .view-line').first().waitFor();
  const checked = await page.evaluate(async ({ machine, rounds }) => {
    await playground.ready;
    const times = [];
    for (let round = 0; round < rounds; round++) {
      machine.Comment = `round ${round}`;
      playground.load({ definition: machine });
      // What shows the problems comes after: this asks for them alone.
      const began = performance.now();
      playground.diagnostics();
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    return times;
  }, { machine: large(1000), rounds: ROUNDS });
  show('check of 1,000 states', median(checked), `, median of ${ROUNDS}`);

  await page.locator('.editor .view-lines').first().click();
  const seen = [];
  for (let round = 0; round < ROUNDS; round++) {
    await goTo(page, 7, 17);
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      self.seen = new Promise((resolve) => {
        let pressed;
        addEventListener('keydown', () => (pressed = performance.now()), { capture: true, once: true });
        const look = () => (document.querySelector('.squiggly-error') ? resolve(performance.now() - pressed) : requestAnimationFrame(look));
        requestAnimationFrame(look);
      });
    });
    await page.keyboard.type('x');
    seen.push(await page.evaluate(() => self.seen));
    await page.keyboard.press('Backspace');
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  }
  show('problem seen after a key', median(seen), `, median of ${ROUNDS}, 1,000 states`);
  await page.close();
}

/** A machine as people write them, as long as nobody does: calls, choices, waits, both languages. */
function large(count) {
  const name = (at) => `State ${at}`;
  const states = {};
  for (let at = 0; at < count; at++) {
    const Next = name(at + 1);
    const last = at === count - 1;
    const kinds = [
      { Type: 'Pass', Next, Parameters: { 'id.$': '$.order.id', 'text.$': "States.Format('{} of {}', $.order.id, $$.Execution.Name)" }, ResultPath: '$.order' },
      {
        Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: 'work', 'Payload.$': '$' }, OutputPath: '$.Payload',
        Retry: [{ ErrorEquals: ['Lambda.ServiceException', 'States.Timeout'], IntervalSeconds: 1, MaxAttempts: 3, BackoffRate: 2 }],
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: name(count - 1) }], Next,
      },
      { Type: 'Choice', Choices: [{ And: [{ Variable: '$.n', NumericGreaterThan: 3 }, { Variable: '$.kind', StringEquals: 'a' }], Next }], Default: Next },
      { Type: 'Pass', QueryLanguage: 'JSONata', Output: { total: '{% $sum($states.input.items.price) * 1.2 %}', all: '{% $states.input %}' }, Next },
      { Type: 'Wait', Seconds: 5, Next },
    ];
    states[name(at)] = last ? { Type: 'Succeed' } : kinds[at % kinds.length];
  }
  return { Comment: '', StartAt: name(0), States: states };
}

/** How long the page ever fails to come round while a run goes on, everything shown. */
async function runs() {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(watchGaps);
  await page.goto(server.url);
  await ready(page);
  await page.locator('.monaco-editor').first().waitFor();
  const loop = (work, to) => ({
    StartAt: 'Start',
    States: {
      Start: { Type: 'Pass', Result: { n: 0 }, Next: 'More' },
      More: { Type: 'Choice', Choices: [{ Variable: '$.n', NumericLessThan: to, Next: 'Work' }], Default: 'Done' },
      Work: { ...work, Next: 'More' },
      Done: { Type: 'Succeed' },
    },
  });
  const add = { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' } };
  const call = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:add' };
  const cases = [
    ['longest block, 10,000 events', { definition: loop(add, 2500) }],
    ['longest block, 2,000 calls', { definition: loop(call, 2000), mocks: 'exports.add = ({ n }) => ({ n: n + 1 })' }],
  ];
  for (const [name, document] of cases) {
    const { gap, took, events, status } = await page.evaluate(longestGap, document);
    show(name, gap, `, ${status} with ${events} events in ${took.toFixed(0)} ms`);
  }
}

/** Runs in the page first of all: `watchGaps()` begins to look, and answers what ends it with the longest time in which nothing else had its turn. */
function watchGaps() {
  self.watchGaps = () => {
    let gap = 0;
    let last = performance.now();
    const { port1, port2 } = new MessageChannel();
    const look = () => {
      const now = performance.now();
      gap = Math.max(gap, now - last);
      last = now;
    };
    port1.onmessage = () => {
      look();
      port2.postMessage(null);
    };
    port2.postMessage(null);
    return () => {
      look();
      port1.close();
      return gap;
    };
  };
}

/** Runs in the page. */
async function longestGap(document) {
  playground.load(document);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const longest = watchGaps();
  const began = performance.now();
  const { events, status } = await playground.run({ speed: 'instant' });
  const took = performance.now() - began;
  // The last picture belongs to the run.
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { gap: longest(), took, events: events.length, status };
}

/** How soon after a key the picture of an edited definition is there, and how long the page ever fails to come round meanwhile. */
async function drawings() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchGaps);
  await page.goto(server.url);
  await ready(page);
  await monacoReady(page);
  for (const [name, count] of [['33', 33], ['1,000', 1000]]) {
    const definition = JSON.stringify(mixed(count), null, 2);
    // The last Choice: its first rule compares with its own number.
    const last = count - 1 - ((count + 2) % 5);
    const rule = `"NumericEquals": ${last}`;
    await page.evaluate((definition) => playground.load({ definition }), definition);
    await page.getByRole('group', { name: `Workflow graph, ${count + 2} states` }).waitFor();
    // Where the change is to be seen.
    await page.getByRole('button', { name: 'Find a state' }).click();
    await page.getByRole('searchbox', { name: 'Find a state' }).fill(`S${last}`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.locator(`[data-id="/States/S${last}"].graph-node`).waitFor();
    const line = definition.slice(0, definition.indexOf(rule)).split('\n');
    await page.locator('.view-lines').first().click();
    await goTo(page, line.length, line.at(-1).length + rule.length + 1);
    await page.waitForTimeout(1000);
    const times = [];
    const gaps = [];
    for (let round = 0; round < ROUNDS; round++) {
      await page.evaluate(watchDrawing, String(last));
      // The number on the line gets a digit more, or loses it again.
      await page.keyboard.press(round % 2 ? 'Backspace' : '5');
      const { took, gap } = await page.evaluate(() => self.drawn);
      times.push(took);
      gaps.push(gap);
      await page.waitForTimeout(500);
    }
    show(`edit to picture, ${name} states`, median(times), `, median of ${ROUNDS}`);
    if (count === 1000) show('longest block, 1,000 states', median(gaps), `, median of ${ROUNDS}`);
  }
  await context.close();
}

/** Tasks with catchers and choices that lead on or back a little, as the native figures have them. */
function mixed(count) {
  const state = (at) => {
    const name = (at) => (at < count ? `S${at}` : 'Done');
    if (at % 5 === 2) {
      const rules = [
        { Variable: '$.a', NumericEquals: at, Next: name(at + 3) },
        { Variable: '$.b', BooleanEquals: true, Next: name(Math.max(0, at - 3 - (at % 7))) },
      ];
      return { Type: 'Choice', Choices: rules, Default: name(at + 1) };
    }
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }];
    if (at % 5 === 4) return { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Next: name(at + 1), Catch };
    return { Type: 'Pass', Next: name(at + 1) };
  };
  const states = Array.from({ length: count }, (_, at) => [`S${at}`, state(at)]);
  return { StartAt: 'S0', States: { ...Object.fromEntries(states), Done: { Type: 'Succeed' }, Failed: { Type: 'Fail' } } };
}

/** Runs in the page: `drawn` is there once the next key's picture, with another number on a line, is painted. */
function watchDrawing(number) {
  self.drawn = new Promise((resolve) => {
    let began, longest;
    addEventListener('keydown', () => {
      began = performance.now();
      longest = watchGaps();
    }, { once: true, capture: true });
    const words = () => [...document.querySelectorAll('.graph-label text')].find((label) => label.textContent.includes(number))?.textContent;
    const before = words();
    const observer = new MutationObserver(() => {
      if (words() === before) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve({ gap: longest(), took: performance.now() - began })));
    });
    observer.observe(document.querySelector('.graph-world'), { childList: true, characterData: true, subtree: true });
  });
}
