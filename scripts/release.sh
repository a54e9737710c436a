#!/usr/bin/env bash
# Builds the release page into dist/.
set -euo pipefail
exec "$(dirname "$(readlink -f "$0")")/with-tools.sh" --small-std trunk build --release
