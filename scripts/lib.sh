# Shared by the scripts beside it, which source it from the repository's root.

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
fail() { printf '\033[1;31m==>\033[0m %s\n' "$*" >&2; exit 1; }

# Debian's packages, asked for only when something is missing.
apt_install() {
  command -v apt-get >/dev/null || fail "missing: $*. Install it with this system's package manager and run again."
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  say "installing $* by apt"
  $sudo apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

# The version of a crate as Cargo.lock pins it.
locked() { sed -n "/^name = \"$1\"\$/{n;s/^version = \"\(.*\)\"/\1/p}" Cargo.lock; }

WASM=wasm32-unknown-unknown

# Whether a compiler can build for the browser, test harness included.
has_wasm_std() {
  local lib
  lib="$("$1" --print sysroot 2>/dev/null)/lib/rustlib/$WASM/lib"
  compgen -G "$lib/libstd-*.rlib" >/dev/null && compgen -G "$lib/libtest-*.rlib" >/dev/null
}

# Whether a compiler can build the standard library anew.
has_std_source() { [ -f "$("$1" --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/Cargo.lock" ]; }

# Makes cargo build the standard library together with the page, for size and with panics that end in a trap without words: that is 6 %
# of the page. Stable compilers do it when they are told to; without the library's source the page is built with the one that is there.
use_small_std() {
  has_std_source "${RUSTC:-rustc}" || { say "the standard library's source is missing: the page will be larger"; return; }
  export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--cfg erase_components -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none"
}

# Cargo's and npm's tools come first, and the Node.js that was taken because the machine's is too old.
use_tools() { export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PWD/www/node_modules/.bin:$PWD/target/node/node_modules/.bin:$PATH"; }

# Debian's compiler stands in where only that one knows the browser's target.
use_wasm_tools() {
  use_tools
  if ! has_wasm_std rustc && has_wasm_std /usr/bin/rustc; then export PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc; fi
}
