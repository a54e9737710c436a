#!/usr/bin/env bash
# Makes `cargo build --target wasm32-unknown-unknown` work: by rustup where it has a route to its servers, else with Debian's compiler
# and a standard library built once from Debian's own source package.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh

sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo

by_rustup() {
  if ! has_wasm_std rustc; then
    command -v rustup >/dev/null || return
    say "adding the $WASM target by rustup"
    timeout 120 rustup target add "$WASM" || return
  fi
  # For the release's own standard library; see use_small_std.
  if ! has_std_source rustc && command -v rustup >/dev/null; then
    say "adding the standard library's source by rustup"
    timeout 300 rustup component add rust-src || true
  fi
}

by_debian() {
  say "rustup can't add the target: taking Debian's compiler"
  { [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -d /usr/lib/rustlib/src/rust/library ]; } ||
    apt_install rustc-web cargo-web rust-web-src
  install_linker
  has_wasm_std /usr/bin/rustc || build_std
}

# The target asks for a linker called `rust-lld`, which Debian packs as part of LLVM.
install_linker() {
  local llvm host
  llvm=$(/usr/bin/rustc -vV | sed -n 's/^LLVM version: \([0-9]*\).*/\1/p')
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  [ -x "/usr/lib/llvm-$llvm/bin/lld" ] || apt_install "lld-$llvm"
  $sudo install -d "/usr/lib/rustlib/$host/bin"
  [ -e "/usr/lib/rustlib/$host/bin/rust-lld" ] ||
    $sudo ln -s "../../../llvm-$llvm/bin/lld" "/usr/lib/rustlib/$host/bin/rust-lld"
}

build_std() {
  say "building the standard library for $WASM (once per machine)"
  local work
  work=$(mktemp -d)
  mkdir "$work/src"
  echo '#![no_std]' >"$work/src/lib.rs"
  cat >"$work/Cargo.toml" <<-END
	[package]
	name = "standard-library"
	version = "0.0.0"
	edition = "2024"
	[profile.release]
	codegen-units = 1
	[workspace]
	END
  # Without the bitcode a later build with `lto = true` fails.
  (cd "$work" && env -u RUSTUP_TOOLCHAIN PATH=/usr/bin:/bin RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
    RUSTFLAGS="-Cembed-bitcode=yes" CARGO_TARGET_DIR="$work/target" \
    /usr/bin/cargo build --release --target "$WASM" -Z build-std=core,alloc,std,proc_macro,panic_abort,panic_unwind,test)
  $sudo install -d "/usr/lib/rustlib/$WASM/lib"
  find "$work/target/$WASM/release/deps" -name 'lib*.rlib' ! -name 'libstandard_library-*' \
    -exec $sudo install -m 644 -t "/usr/lib/rustlib/$WASM/lib" {} +
  rm -rf "$work"
}

by_rustup || by_debian
