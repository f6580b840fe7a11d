#!/usr/bin/env bash
# Checks that the same commit gives the same bytes. Builds the site of the last commit in two folders with different
# names and compares every file. Must not use this checkout's own target folder.
# usage: build/reproducible.sh FOLDER   FOLDER must not exist yet; 6 GB, twice the time of a first build.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT

# shellcheck source=build/setup.sh
source "$ROOT/build/setup.sh"

[ $# -eq 1 ] || die "usage: build/reproducible.sh FOLDER"
[ ! -e "$1" ] || die "$1 exists already; name a folder that does not"
mkdir -p "$1"
BELOW=$(cd "$1" && pwd)
readonly BELOW

# sums CLONE: the checksums of all files of its site.
sums() { (cd "$1/dist" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }

for clone in "$BELOW/one" "$BELOW/another/and-longer/way"; do
  git clone --quiet "$ROOT" "$clone"
  say "Building in $clone (first time about 12 min)"
  (cd "$clone" && CARGO_TARGET_DIR=$clone/target ./build.sh single >/dev/null)
  sums "$clone" >"$clone.sums"
done
if diff "$BELOW/one.sums" "$BELOW/another/and-longer/way.sums"; then
  say "$(wc -l <"$BELOW/one.sums") files, the same bytes in both"
else
  die "the builds differ in the files above"
fi
