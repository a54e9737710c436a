#!/usr/bin/env bash
# Puts in place what building the page needs; does nothing where it is there. About seven minutes on a fresh machine with two cores.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh

TRUNK=0.21.14
NODE=22.23.3 # where the machine's own is older than 20.11

missing=()
for tool in curl gcc make; do command -v $tool >/dev/null || missing+=($tool); done
command -v node >/dev/null || missing+=(nodejs)
command -v npm >/dev/null || missing+=(npm)
[ ${#missing[@]} = 0 ] || apt_install "${missing[@]}" libc6-dev ca-certificates

use_tools
if ! node -e 'const [major, minor] = process.versions.node.split("."); process.exitCode = major * 100 + +minor < 2011 ? 1 : 0'; then
  say "taking Node.js $NODE from npm: this machine has $(node --version)"
  npm install --prefix target/node --no-audit --no-fund --loglevel=error "node@$NODE"
  hash -r
fi

scripts/setup-wasm-target.sh

# The two tools share a hundred dependencies, hence one folder; optimising them hardly would double the wait for nothing.
install_tool() {
  say "building $1 $3 (once per machine)"
  local shared="${TMPDIR:-/tmp}/asl-playground-tools-$(id -u)"
  local -x CARGO_TARGET_DIR="$shared" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1
  # A mirror may lack a version that the tool's own lock file names.
  cargo install "$@" --locked --force || cargo install "$@" --force
}

bindgen=$(locked wasm-bindgen)
[ "$(trunk --version 2>/dev/null)" = "trunk $TRUNK" ] || install_tool trunk --version $TRUNK --no-default-features
{ [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $bindgen" ] && command -v wasm-bindgen-test-runner >/dev/null; } ||
  install_tool wasm-bindgen-cli --version "$bindgen" --no-default-features --bin wasm-bindgen --bin wasm-bindgen-test-runner

# Trunk works offline, so that it never replaces a pinned tool by a download.
say "fetching crates"
cargo fetch --locked --quiet
(use_wasm_tools && use_small_std && cargo fetch --locked --quiet --target $WASM)

stamp=www/node_modules/.package-lock.stamp
if ! cmp -s www/package-lock.json "$stamp"; then
  say "installing npm packages"
  (cd www && npm ci --no-audit --no-fund --loglevel=error)
  cp www/package-lock.json "$stamp"
fi
say "ready: $(rustc --version), trunk $TRUNK, wasm-bindgen $bindgen, node $(node --version)"
