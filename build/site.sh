# shellcheck shell=bash
# From the crates, www/ and models/ to dist/, the folder that any static host serves.
# The same commit gives the same bytes: no time, no path of this machine gets in.

# What the Rust compiler emits for wasm32 with simd128; wasm-opt must know it and use nothing beyond.
readonly WASM_FEATURES=(
  --enable-simd --enable-bulk-memory --enable-bulk-memory-opt --enable-sign-ext --enable-mutable-globals
  --enable-nontrapping-float-to-int --enable-multivalue --enable-reference-types --enable-call-indirect-overlong
)

build_site() {
  local built=$TARGET/wasm32-unknown-unknown/wasm
  rm -rf "$DIST"
  mkdir -p "$WORK"
  # Two calls: built together, cargo gives the page the features of dependencies that only the others ask for.
  say "Compiling the worklet and what listens in a worker to wasm (first time about 5 min, then seconds)"
  cargo_wasm build -p worklet -p listener
  say "Compiling the page to wasm (first time about 1 min, then seconds)"
  cargo_wasm build -p app
  say "Compiling the binding generator (first time about 1 min)"
  cargo build --quiet --locked --profile tool -p bindgen
  "$TARGET/tool/bindgen" "$built/app.wasm" "$WORK" app
  "$TARGET/tool/bindgen" "$built/listener.wasm" "$WORK" listener
  # The sound has a deadline every 2.7 ms, the page has none.
  optimise "$built/worklet.wasm" "$WORK/worklet.wasm" -O3
  optimise "$WORK/app_bg.wasm" "$WORK/app_bg.opt.wasm" -Oz
  optimise "$WORK/listener_bg.wasm" "$WORK/listener_bg.opt.wasm" -Oz
  say "Putting dist/ together"
  assemble
}

# cargo_wasm COMMAND ARGUMENT...: cargo for the browser, with the paths of this machine taken out of panic messages.
cargo_wasm() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo} sysroot commit flags registry command=$1
  shift
  cargo fetch --quiet --locked
  sysroot=$(rustc --print sysroot)
  commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
  flags="\"--remap-path-prefix=$ROOT=latent-pad\", \"--remap-path-prefix=$sysroot/lib/rustlib/src/rust=/rustc/$commit\""
  for registry in "$cargo_home"/registry/src/*/; do
    flags+=", \"--remap-path-prefix=${registry%/}=crates\""
  done
  cargo --config "target.wasm32-unknown-unknown.rustflags = [$flags]" "$command" \
    --locked --profile wasm --target wasm32-unknown-unknown "$@"
}

# optimise INPUT OUTPUT LEVEL: runs wasm-opt unless OUTPUT was made from this very input.
optimise() {
  local key
  key="$3 ${WASM_FEATURES[*]} $(cat "$1" wasm-tests/package-lock.json | sha256sum)"
  [ -f "$2" ] && [ "$(cat "$2.key" 2>/dev/null)" = "$key" ] && return
  say "Optimising $(basename "$2") with wasm-opt $3 (about 1 min)"
  wasm-tests/node_modules/.bin/wasm-opt "$3" "${WASM_FEATURES[@]}" --strip-debug --strip-producers "$1" -o "$2"
  printf '%s' "$key" >"$2.key"
}

assemble() {
  local file
  mkdir -p "$DIST"
  cp -R www/. "$DIST"
  # The README's picture: nothing of the site shows it, and the copy for offline use holds every file.
  rm -f "$DIST/help/page.png"
  mkdir -p "$WORK/element"
  node build/styles.mjs www "$WORK/element/styles.js" tokens.css controls.css pad.css latent-pad.css
  cp "$WORK/element/styles.js" "$DIST/element"
  cp "$WORK/app.js" "$WORK/listener.js" "$WORK/worklet.wasm" "$DIST"
  cp "$WORK/app_bg.opt.wasm" "$DIST/app_bg.wasm"
  cp "$WORK/listener_bg.opt.wasm" "$DIST/listener_bg.wasm"
  for file in decoder.onnx encoder.onnx coordinates.json map.json presets.f32; do
    [ -f "models/$file" ] || die "models/$file is missing: latent-pad train writes it"
    cp "models/$file" "$DIST"
  done
  node build/sheet.mjs "$DIST"
  node build/grid.mjs "$DIST"
  node build/licences.mjs "$DIST"
  state_sizes worklet.wasm decoder.onnx coordinates.json
  node build/offline.mjs "$DIST"
}

# state_sizes FILE...: tells the page how much it will load, for its progress line; no header of a compressing host does.
state_sizes() {
  local file sizes=""
  for file in "$@"; do
    sizes+="${sizes:+, }$file $(wc -c <"$DIST/$file" | tr -d ' ')"
  done
  grep -q 'name="asset-bytes" content=""' "$DIST/index.html" || die "www/index.html has lost its empty asset-bytes"
  sed -i "s|name=\"asset-bytes\" content=\"\"|name=\"asset-bytes\" content=\"$sizes\"|" "$DIST/index.html"
}
