#!/usr/bin/env bash
# Measures what the project promises. `scripts/bench.sh page`, `core`, `engine` or `jsonata` measures one part alone.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh
use_wasm_tools
wants() { [ ${#asked[@]} = 0 ] || printf '%s\n' "${asked[@]}" | grep -qx "$1"; }
asked=("$@")

if wants page; then
  say "the built page in Chromium"
  scripts/release.sh
  node tests/e2e/bench.mjs
fi
if wants core; then
  say "the core, natively"
  cargo bench --quiet --locked
fi
races=()
for race in engine jsonata; do wants $race && races+=($race); done
if [ ${#races[@]} -gt 0 ]; then
  say "side by side with others: ${races[*]}"
  (cd benches/side-by-side && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
  node benches/side-by-side/run.mjs "${races[@]}"
fi
