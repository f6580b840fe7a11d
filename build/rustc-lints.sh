#!/usr/bin/env bash
# Lints and documents a crate, its tests, benchmarks or examples. Cargo calls it for the workspace's crates with the
# compiler and its arguments. `cargo clippy` checks every dependency again, which costs a processor three and a half
# minutes; this script serves `cargo build`, which takes the compiled dependencies. It makes only metadata of our
# crates, as a check does. If cargo names the compiled code of one of them (.rlib), the script passes on that metadata.
set -euo pipefail

lint=() document=() source='' is_value=no
for argument in "${@:2}"; do
  case $argument in
    --emit=*) argument=--emit=dep-info,metadata ;;
    *=*.rlib) [ -e "${argument#*=}" ] || argument=${argument%.rlib}.rmeta ;;
    *.rs) source=$argument ;;
  esac
  lint+=("$argument")
  # rustdoc prints for people, and generates no code.
  if [ $is_value = yes ]; then
    is_value=no
  else
    case $argument in
      -C | --out-dir) is_value=yes ;;
      --emit=* | --error-format=* | --json=*) ;;
      *) document+=("$argument") ;;
    esac
  fi
done
clippy-driver "$1" "${lint[@]}" -D warnings
[ -n "${DOCUMENTATION:-}" ] || exit 0
case "$source: $* " in
  *" --test "*) ;;
  # A program has no public items, so `cargo doc` documents its private ones.
  crate/*/src/*.rs:*" --crate-type bin "*)
    rustdoc "${document[@]}" --document-private-items --out-dir "$DOCUMENTATION" -D warnings
    ;;
  crate/*/src/*.rs:*) rustdoc "${document[@]}" --out-dir "$DOCUMENTATION" -D warnings ;;
esac
