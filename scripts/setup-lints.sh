#!/usr/bin/env bash
# rustfmt and Clippy, for the compiler of the core and for that of the page, where the two differ.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh

add() {
  if [[ "$(command -v cargo)" = /usr/bin/* ]]; then apt_install "$2"; else rustup component add "$1"; fi
}

use_tools
cargo fmt --version >/dev/null 2>&1 || add rustfmt rustfmt-web
cargo clippy --version >/dev/null 2>&1 || add clippy rust-web-clippy
use_wasm_tools
cargo clippy --version >/dev/null 2>&1 || add clippy rust-web-clippy
