#!/usr/bin/env bash
# Builds the release page into dist/.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh
use_wasm_tools
use_small_std
exec trunk build --release
