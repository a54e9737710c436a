// Bundles scripts and styles into www/dist, from where Trunk takes them: its pre_build hook, and a step of the tests. No network.
import * as esbuild from 'esbuild';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

process.chdir(import.meta.dirname);

const common = { absWorkingDir: import.meta.dirname, bundle: true, minify: true, target: 'es2022', logLevel: 'warning', legalComments: 'none' };

// What is built from what: Monaco's bundle takes two seconds, so each part is built only when its own sources changed.
await part('monaco', ['monaco.js', 'languages.js', 'theme.js'], buildMonaco);
await part('styles', fs.readdirSync('styles').map((name) => path.join('styles', name)), buildStyles);
await part('examples', fs.readdirSync('examples', { recursive: true }).filter(path.extname).map((name) => path.join('examples', name)), buildExamples);
await part('sandbox', ['sandbox/frame.js', 'sandbox/worker.js'], buildSandbox);

async function part(name, sources, build) {
  const hash = createHash('sha256').update(process.version);
  for (const file of ['package-lock.json', 'build.mjs', ...sources]) hash.update(file).update(fs.readFileSync(file));
  const stamp = `dist/.${name}`;
  const wanted = hash.digest('hex');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  fs.mkdirSync('dist', { recursive: true });
  await build();
  fs.writeFileSync(stamp, wanted);
}

async function buildMonaco() {
  fs.rmSync('dist/monaco', { recursive: true, force: true });
  const bundle = { ...common, outdir: 'dist/monaco', assetNames: '[name]', loader: { '.ttf': 'file' } };
  await Promise.all([
    esbuild.build({ ...bundle, format: 'esm', entryPoints: { monaco: './monaco.js' } }),
    esbuild.build({
      ...bundle,
      format: 'iife',
      entryPoints: {
        'editor.worker': 'monaco-editor/editor/editor.worker.js',
        'ts.worker': 'monaco-editor/languages/features/typescript/ts.worker.js',
      },
    }),
  ]);
  for (const [from, to] of [['LICENSE', 'LICENSE.txt'], ['ThirdPartyNotices.txt', 'ThirdPartyNotices.txt']])
    fs.copyFileSync(`node_modules/monaco-editor/${from}`, `dist/monaco/${to}`);
}

async function buildStyles() {
  await esbuild.build({ ...common, entryPoints: ['./styles/page.css'], outfile: 'dist/page.css' });
}

// All documents as one file, each as the page reads a document; what more an example has than its three texts is in its `data.json`.
async function buildExamples() {
  const document = (slug) => {
    const read = (file) => fs.readFileSync(path.join('examples', slug, file), 'utf8');
    const data = fs.existsSync(path.join('examples', slug, 'data.json')) ? JSON.parse(read('data.json')) : {};
    return { definition: read('definition.json'), mocks: read('functions.js'), input: read('input.json'), ...data };
  };
  const documents = fs.readdirSync('examples').map((slug) => [slug, document(slug)]);
  fs.writeFileSync('dist/examples.json', JSON.stringify(Object.fromEntries(documents)));
}

// One file with its own policy: its origin is opaque, so it could load nothing beside it.
async function buildSandbox() {
  const minify = async (file, define) =>
    (await esbuild.transform(fs.readFileSync(file, 'utf8'), { minify: true, target: 'es2022', define })).code;
  const worker = await minify('sandbox/worker.js');
  const frame = (await minify('sandbox/frame.js', { WORKER_SOURCE: JSON.stringify(worker) })).replaceAll('</', '<\\/');
  const digest = createHash('sha256').update(frame).digest('base64');
  const policy = `default-src 'none'; script-src 'sha256-${digest}' 'unsafe-eval' blob:; worker-src blob:; connect-src 'none'`;
  fs.writeFileSync('dist/sandbox.html', `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Functions</title></head><body><script>${frame}</script></body></html>
`);
}
