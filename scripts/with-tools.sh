#!/usr/bin/env bash
# Runs a command with the tools for the browser that setup.sh has put in place.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh
use_wasm_tools
exec "$@"
