#!/usr/bin/env bash
# Runs a command with the tools for the browser that setup.sh has put in place; after `--small-std` also with the standard library that
# the release is built with.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh
use_wasm_tools
if [ "$1" = --small-std ]; then
  use_small_std
  shift
fi
exec "$@"
