#!/usr/bin/env bash
# Installs the sound font that the figures of crate/sound/spectral were measured with, and extracts notes of it.
# usage: build/sounds.sh FOLDER; the folder must be outside of the repository. Writes FOLDER/notes/*.wav (8 MB).
# Must never run in tests: the package is a download of 330 MB.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT FONT=/usr/share/sounds/sf2/MuseScore_General_Full.sf2

# shellcheck source=build/setup.sh
source "$ROOT/build/setup.sh"

[ $# -eq 1 ] || die "usage: build/sounds.sh FOLDER"
FOLDER=$(realpath -m "$1")
readonly FOLDER
case $FOLDER/ in
  "$ROOT"/*) die "choose a folder outside of the repository: $FOLDER is in it" ;;
esac
[ -r "$FONT" ] || apt_install musescore-general-soundfont-lossless
cd "$ROOT"
cargo run --quiet --locked --release -p spectral --example extract_notes -- "$FONT" "$FOLDER/notes"
