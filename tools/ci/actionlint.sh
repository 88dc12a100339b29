#!/bin/sh
# Checks the workflows by actionlint, at the version below. Without Go it says so and checks nothing.
set -eu
cd "$(dirname "$0")/../.."
if ! command -v go >/dev/null; then
  echo "actionlint: not run, since there is no Go on this machine" >&2
  exit 0
fi
exec go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 -shellcheck= -pyflakes= "$@"
