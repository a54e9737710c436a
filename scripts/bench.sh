#!/usr/bin/env bash
# Builds the release page and measures it in headless Chromium.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh
use_wasm_tools
trunk build --release
node tests/e2e/bench.mjs
