#!/usr/bin/env bash
# Runs a command that builds for the browser as the release does: with a standard library built for size.
set -euo pipefail
tools="$(dirname "$(readlink -f "$0")")"
cd "$tools/.."
. scripts/lib.sh
use_wasm_tools
use_small_std
cd "$OLDPWD"
exec "$@"
