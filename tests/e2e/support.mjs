// What every test of the built page needs: the page on a static host, under a folder of it, in a browser that forgives nothing.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before } from 'node:test';
import { chromium } from '../../www/node_modules/playwright-core/index.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css', '.ttf': 'font/ttf' };
/** The page must work from any folder of a host. */
const folder = '/some/folder/';

/** Serves a built page; answers its address. */
export async function serve(dist = path.join(root, 'dist')) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://host');
    const file = path.join(dist, decodeURIComponent(pathname.slice(folder.length - 1)).replace(/\/$/, '/index.html'));
    if (!pathname.startsWith(folder) || !file.startsWith(dist) || !fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' });
    fs.createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => (server.close(), server.closeAllConnections());
  return { url: `http://127.0.0.1:${server.address().port}${folder}`, close };
}

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/** A browser's window with a page in it; whatever it should not do is collected in `faults`. */
export async function open(browser, url, { width = 1440, height = 900, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, permissions: ['clipboard-read', 'clipboard-write'], ...options });
  const faults = watch(context, new URL(url).origin);
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  await page.goto(url);
  await ready(page);
  return { context, page, faults };
}

/** The page on a host and a browser, for all tests of a file. Whoever doesn't open through it calls it within a test. */
export function hosted() {
  const host = {};
  const started = Promise.all([serve(), launch()]).then(([server, browser]) => Object.assign(host, { server, browser, url: server.url }));
  host.open = async (options, url) => {
    await started;
    return open(host.browser, url ?? host.url, options);
  };
  before(() => started);
  after(async () => {
    await host.browser?.close();
    host.server?.close();
  });
  return host;
}

/** Until the app stands. */
export const ready = (page) => page.locator('.top-bar-go, .run-bar-go').filter({ visible: true }).first().waitFor();

/** Until the texts are in Monaco. */
export const monacoReady = (page) => page.locator('.monaco-editor').first().waitFor();

function watch(context, origin) {
  const faults = [];
  context.on('page', (page) => page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`)));
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && !['data:', 'blob:'].includes(protocol)) faults.push(`asked ${request.url()}`);
  });
  // What was on its way when the page was left is no fault.
  const left = (request) => request.failure()?.errorText === 'net::ERR_ABORTED';
  context.on('requestfailed', (request) => left(request) || faults.push(`failed: ${request.url()}`));
  context.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  return faults;
}

/** Nothing went wrong behind the page's back. */
export const noFaults = (faults) => assert.deepEqual(faults.splice(0), []);

/** Opens a tab of the editor. */
async function show(page, tab) {
  await page.getByRole('tablist', { name: 'Document' }).getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
  const panel = page.getByRole('tabpanel', { name: new RegExp(`^${tab}`) });
  await panel.locator('.monaco-editor').first().waitFor();
  return panel;
}

/** The whole text of a tab, as a person copies it. */
export async function texts(page, tab) {
  const panel = await show(page, tab);
  await panel.locator('.view-lines').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+C');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Opens a tab of the editor and puts a text in place of what is there, as a person pastes it. */
export async function paste(page, tab, text) {
  const panel = await show(page, tab);
  await panel.locator('.view-lines').first().click();
  await page.evaluate((text) => navigator.clipboard.writeText(text), typeof text === 'string' ? text : JSON.stringify(text, null, 2));
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('ControlOrMeta+V');
}

/** Puts the caret of the editor that has the focus at a place, by its own "go to line". */
export async function goTo(page, line, column) {
  await page.keyboard.press('Control+g');
  const field = page.locator('.quick-input-widget input');
  await field.waitFor();
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press('Enter');
  await field.waitFor({ state: 'hidden' });
}

/** What is selected, as a person copies it. */
export async function copied(page) {
  await page.keyboard.press('ControlOrMeta+C');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Runs by keyboard and waits for the end. */
export async function run(page) {
  await page.keyboard.press('ControlOrMeta+Enter');
  return outcome(page);
}

/** The words of the run bar's pill, once the run is over. */
export async function outcome(page) {
  const pill = page.locator('.run-bar .pill');
  await pill.filter({ hasText: /Succeeded|Failed|Timed out|Aborted/ }).waitFor();
  return (await pill.innerText()).trim();
}
