#!/usr/bin/env bash
# A headless Chromium with its driver, for the tests and measurements that need a browser.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib.sh

missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium)
[ -x /usr/bin/chromedriver ] || missing+=(chromium-driver)
[ ${#missing[@]} = 0 ] || apt_install "${missing[@]}" fonts-dejavu-core
