// What the browser tells a screen reader, on the built page: every part of it has a name, wherever one goes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hosted, monacoReady, noFaults, outcome } from './support.mjs';

const host = hosted();

/** What people act on or go to by name. */
const NAMED = new Set(['button', 'link', 'textbox', 'searchbox', 'combobox', 'tab', 'tabpanel', 'checkbox', 'radio', 'spinbutton', 'slider', 'dialog', 'grid', 'table', 'tree', 'group', 'toolbar', 'region', 'option', 'menuitem', 'image']);

/** Looks through the accessibility tree: answers the names by role, and fails where something has none. */
async function listener(page) {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send('Accessibility.enable');
  return async (where) => {
    const { nodes } = await protocol.send('Accessibility.getFullAXTree');
    const told = nodes.filter((node) => !node.ignored && NAMED.has(node.role?.value));
    const nameless = told.filter((node) => !node.name?.value.trim());
    const outer = async ({ backendDOMNodeId }) => {
      const { outerHTML } = await protocol.send('DOM.getOuterHTML', { backendNodeId: backendDOMNodeId });
      return outerHTML.slice(0, 120);
    };
    assert.deepEqual(await Promise.all(nameless.map(outer)), [], `nameless: ${where}`);
    return told.map((node) => `${node.role.value} ${node.name.value}`);
  };
}

test('everything on a wide page has a name', async () => {
  const { page, faults } = await host.open();
  await monacoReady(page);
  const told = await listener(page);
  const start = await told('at the start');
  for (const name of ['button Run', 'toolbar Graph', 'table States of the workflow', 'tab Definition']) {
    assert.ok(start.some((it) => it.startsWith(name)), `${name} among ${start.join(', ')}`);
  }
  await page.keyboard.press('ControlOrMeta+Enter');
  await outcome(page);
  assert.ok((await told('after a run')).some((it) => it.startsWith('grid Events')));
  await page.locator('.graph-node').first().click();
  await told('with a state');
  for (const name of [/^Examples/, 'Share', 'Run options', /^Help/]) {
    await page.getByRole('button', { name }).first().click();
    assert.ok((await told(`in ${name}`)).some((it) => it.startsWith('dialog ')), `${name} is a dialog`);
    await page.keyboard.press('Escape');
  }
  for (const name of [/^Timeline/, /^Console/, /^Problems/, /^Functions/, /^Input/, /^Data/]) {
    await page.getByRole('tab', { name }).first().click();
    await told(`in ${name}`);
  }
  noFaults(faults);
});

test('everything on a phone has a name', async () => {
  const { page, faults } = await host.open({ width: 390, height: 844 });
  const told = await listener(page);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  for (const name of ['Graph', 'Details', 'Log', 'Code']) {
    await page.getByRole('tab', { name, exact: true }).click();
    assert.ok((await told(`in ${name}`)).includes('button Share'));
  }
  noFaults(faults);
});
