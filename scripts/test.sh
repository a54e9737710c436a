#!/usr/bin/env bash
# All checks, one after the other, with a summary at the end. Goes on after a failed step, so that one run tells everything.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh

scripts/setup.sh && scripts/setup-lints.sh && scripts/setup-browser.sh || fail "the set-up failed"
use_tools
export CHROMEDRIVER=/usr/bin/chromedriver WASM_BINDGEN_TEST_TIMEOUT=120
export CARGO_TERM_PROGRESS_WHEN=never

passed=0 failed=0 summary=()

step() {
  local name=$1 from=$SECONDS
  shift
  say "$name"
  if "$@" </dev/null; then
    passed=$((passed + 1)) && summary+=("$(printf 'ok      %4d s  %s' $((SECONDS - from)) "$name")")
  else
    failed=$((failed + 1)) && summary+=("$(printf 'FAILED  %4d s  %s' $((SECONDS - from)) "$name")")
  fi
}

step "format" cargo fmt --all --check
step "lints" cargo clippy --quiet --locked --all-targets -- -D warnings
step "lints for the browser" scripts/with-tools.sh cargo clippy --quiet --locked --target $WASM --lib --bins --test web -- -D warnings
step "the reference implementation of JSONata" npm ci --prefix tests/oracle --ignore-scripts --no-audit --no-fund --loglevel=error
step "native tests" cargo test --quiet --locked
step "the bundle of scripts" node www/build.mjs
step "tests in the browser" scripts/with-tools.sh cargo test --locked --target $WASM --test web
step "release build" scripts/release.sh
step "the size of the page" node tests/e2e/size.mjs
step "the journey through the built page" node --test --test-reporter=spec tests/e2e/*.test.mjs

echo
printf '%s\n' "${summary[@]}"
echo
echo "$passed passed, $failed failed"
[ $failed = 0 ]
