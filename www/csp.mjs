// Trunk's post_build hook: writes the Content-Security-Policy of the release page, with the hash of each inline script.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

// `trunk serve` adds a script that reloads the page and talks to a socket.
if (process.env.TRUNK_PROFILE !== 'debug') {
  const file = path.join(process.env.TRUNK_STAGING_DIR, 'index.html');
  const html = fs.readFileSync(file, 'utf8');
  const inline = [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script);
  const hashes = inline.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashes.join(' ')}`,
    "style-src 'self' 'unsafe-inline'", // Monaco writes style elements and attributes
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
  ].join('; ');
  // Right behind the charset: a policy rules only what comes after it.
  const written = html.replace(/<meta charset="?utf-8"?\s*\/?>/i, (charset) => `${charset}<meta http-equiv="Content-Security-Policy" content="${policy}">`);
  if (written === html) throw new Error('index.html has no charset to put the policy behind');
  fs.writeFileSync(file, written);
}
