#!/usr/bin/env bash
# Builds the release page into dist/.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
exec scripts/with-small-std.sh trunk build --release
