# shellcheck shell=bash
# Builds dist/, the folder for any static host, from the crates, www/ and models/.
# The same commit must give the same bytes, so no time and no path of this machine may get in.

# The features that the Rust compiler uses for wasm32 with simd128; wasm-opt must use no others.
readonly WASM_FEATURES=(
  --enable-simd --enable-bulk-memory --enable-bulk-memory-opt --enable-sign-ext --enable-mutable-globals
  --enable-nontrapping-float-to-int --enable-multivalue --enable-reference-types --enable-call-indirect-overlong
)

# The linker puts the stack first, and nothing lies at its far end: wasm-opt may join small offsets to addresses, which
# saves 2.5 kB of a visit.
readonly WASM_LAYOUT=(--low-memory-unused)

# Passes after which a module is small once compressed.
readonly WASM_PASSES=(
  --duplicate-function-elimination --remove-unused-module-elements --optimize-instructions --rse --coalesce-locals
  --reorder-locals --vacuum --merge-blocks --remove-unused-names --vacuum
)
# Further ones, with which the page's program would be larger.
readonly MORE_PASSES=("${WASM_PASSES[@]}" --remove-unused-brs --merge-blocks --vacuum --duplicate-function-elimination)
readonly ANALYSIS_PASSES=(
  -O0 --dae-optimizing "${MORE_PASSES[@]}" --reorder-functions
  --optimize-added-constants --optimize-instructions --precompute --vacuum --dealign
)

# With small functions inlined, but none only because it has one caller: -O3 decodes no faster, and is 2.6 kB larger
# once compressed; without any inlining a point takes a quarter longer.
readonly DECODER_PASSES=(
  --one-caller-inline-max-function-size=1 --flexible-inline-max-function-size=8 --always-inline-max-function-size=6
  -O0 --dae-optimizing --optimize-level=3 --inlining-optimizing "${MORE_PASSES[@]}" --optimize-instructions --vacuum
  --optimize-added-constants --precompute --vacuum
)

# The crates of each call of cargo: in one call, it would give the page features of dependencies that only the other
# modules need.
readonly WASM_SOUND=(-p worklet -p decoder -p analysis) WASM_PAGE=(-p app)
readonly WASM_PATHS=(-p path_editor -p path_files -p sound_reader -p tone_transforms) WASM_SOURCES=(-p live_input -p tone_source)

build_site() {
  local built=$TARGET/wasm32-unknown-unknown/wasm building
  mkdir -p "$WORK"
  # Two at a time would mix their files.
  exec {building}>"$WORK/building"
  flock --nonblock "$building" || { say "Waiting for another build of this folder" && flock "$building"; }
  say "Compiling the worklet, the decoder and the analysis worker to wasm (first time about 5 min, then seconds)"
  cargo_wasm_vectors build "${WASM_SOUND[@]}"
  say "Compiling the page to wasm (first time about 1 min, then seconds)"
  cargo_wasm build "${WASM_PAGE[@]}"
  cargo_wasm_vectors build "${WASM_PATHS[@]}"
  cargo_wasm_vectors build "${WASM_SOURCES[@]}"
  say "Compiling the generators of bindings and of the protocol (first time about 1 min)"
  cargo build --quiet --locked --profile tool -p bindgen -p panel_types -p protocol
  "$TARGET/tool/protocol" >"$WORK/protocol.js"
  "$TARGET/tool/panel_types" >"$WORK/panels.d.ts"
  "$TARGET/tool/bindgen" "$built/app.wasm" "$WORK" app
  "$TARGET/tool/bindgen" "$built/analysis.wasm" "$WORK" analysis
  "$TARGET/tool/bindgen" "$built/path_editor.wasm" "$WORK" path_editor
  "$TARGET/tool/bindgen" "$built/path_files.wasm" "$WORK" path_files
  "$TARGET/tool/bindgen" "$built/sound_reader.wasm" "$WORK" sound_reader
  "$TARGET/tool/bindgen" "$built/tone_transforms.wasm" "$WORK" tone_transforms
  # The sound has a deadline every 2.7 ms, so optimise it for speed and the rest for size. Without hints of alignment,
  # which change nothing of what is computed (WebAssembly's specification, "Memory Instructions"), a visit is 4.5 kB
  # smaller, and the analysis 2.3 kB; the modules that keep them would not be smaller. Twice, and with the functions
  # that are called most first, it is .5 kB smaller, and as fast.
  optimise "$built/worklet.wasm" "$WORK/worklet.wasm" -O3 -O3 --reorder-functions --dealign
  optimise "$built/decoder.wasm" "$WORK/decoder.wasm" "${DECODER_PASSES[@]}" --dealign
  optimise "$built/live_input.wasm" "$WORK/live_input.wasm" -O3
  optimise "$built/tone_source.wasm" "$WORK/tone-source.wasm" -O3 --dealign
  # -Oz makes the page's program 5 % smaller, but 1 kB larger once compressed; these passes alone make it 4 kB smaller
  # then. With functions in another order, too, the analysis is 4.5 kB smaller than by -Oz, and a tenth faster. The
  # transforms of tones are 8 kB smaller than by -O3, and as fast; the page's program would be 2 kB larger. Without
  # arguments that nothing reads, and without functions that become equal by that, the analysis is another 1.8 kB
  # smaller and as fast. With constants computed once more it is up to 2.7 kB smaller, and the analysis another 1.9 kB
  # with constants added to addresses. Functions that have become equal by then are another .5 kB of the page's program,
  # and with simpler locals first another .3 kB.
  optimise "$WORK/app_bg.wasm" "$WORK/app_bg.opt.wasm" -O0 --dae-optimizing "${WASM_PASSES[@]}" \
    --optimize-instructions --precompute --vacuum --dealign --duplicate-function-elimination \
    --simplify-locals-nostructure --vacuum --duplicate-function-elimination
  optimise "$WORK/analysis_bg.wasm" "$WORK/analysis_bg.opt.wasm" "${ANALYSIS_PASSES[@]}"
  # Until nothing becomes smaller any more: .7 kB once compressed; with functions in another order another .3 kB.
  optimise "$WORK/path_editor_bg.wasm" "$WORK/path_editor_bg.opt.wasm" -Oz --converge --reorder-functions --dealign
  optimise "$WORK/path_files_bg.wasm" "$WORK/path_files_bg.opt.wasm" -Oz
  optimise "$WORK/sound_reader_bg.wasm" "$WORK/sound_reader_bg.opt.wasm" -Oz
  # With simpler locals they are .2 kB smaller.
  optimise "$WORK/tone_transforms_bg.wasm" "$WORK/tone_transforms_bg.opt.wasm" "${ANALYSIS_PASSES[@]}" \
    --simplify-locals-nostructure --vacuum
  say "Putting dist/ together"
  assemble
  # A daemon that a compiler has started may keep the file open.
  flock --unlock "$building"
  exec {building}>&-
}

# cargo_wasm COMMAND ARGUMENT...: runs cargo for wasm, without paths of this machine in panic messages.
cargo_wasm() {
  local cargo_home=${CARGO_HOME:-$HOME/.cargo} sysroot commit flags registry command=$1
  shift
  cargo fetch --quiet --locked
  sysroot=$(rustc --print sysroot)
  commit=$(rustc -vV | sed -n 's/^commit-hash: //p')
  flags="\"--remap-path-prefix=$ROOT=latent-pad\", \"--remap-path-prefix=$sysroot/lib/rustlib/src/rust=/rustc/$commit\""
  # The files that build scripts generate lie there.
  [[ $TARGET/ == "$ROOT"/* ]] || flags+=", \"--remap-path-prefix=$TARGET=latent-pad/target\""
  for registry in "$cargo_home"/registry/src/*/; do
    flags+=", \"--remap-path-prefix=${registry%/}=crates\""
  done
  cargo --config "target.wasm32-unknown-unknown.rustflags = [$flags]" "$command" \
    --locked --profile wasm --target wasm32-unknown-unknown "$@"
}

# cargo_wasm_vectors ARGUMENT...: as cargo_wasm, with the crates that compute samples and frames vectorised. The script
# is called by its name, since its path would change the names of symbols.
cargo_wasm_vectors() { PATH=$ROOT/build:$PATH RUSTC_WORKSPACE_WRAPPER=rustc-vectors.sh cargo_wasm "$@"; }

# optimise INPUT OUTPUT LEVEL [PASS...]: runs wasm-opt unless OUTPUT was made from the same input.
optimise() {
  local key input=$1 output=$2
  shift 2
  key="$* ${WASM_FEATURES[*]} ${WASM_LAYOUT[*]} $(cat "$input" wasm-tests/package-lock.json | sha256sum)"
  [ -f "$output" ] && [ "$(cat "$output.key" 2>/dev/null)" = "$key" ] && return
  say "Optimising $(basename "$output") with wasm-opt (under 1 min)"
  wasm-tests/node_modules/.bin/wasm-opt "$@" "${WASM_FEATURES[@]}" "${WASM_LAYOUT[@]}" \
    --strip-debug --strip-producers --strip-target-features "$input" -o "$output.part"
  # In this order an interruption leaves no file beside the key of another.
  rm -f "$output.key"
  mv "$output.part" "$output"
  printf '%s' "$key" >"$output.key"
}

assemble() {
  local file
  rm -rf "$DIST"
  mkdir -p "$DIST"
  cp -R www/. "$DIST"
  # Every file here would be part of the offline copy, and the site loads none of these: the README’s picture,
  rm "$DIST/help/page.png"
  # and the parts of scripts that are bundled.
  rm -r "$DIST"/{panel,workers}
  rm "$DIST"/worklet-*.js "$DIST/element/macro-processor.js"
  rm "$DIST"/lessons/{guess-sounds,curve-path,ways,principal-square,violin-voice-sounds}.js
  mkdir -p "$WORK/element"
  node build/styles.mjs www "$WORK/element/styles.js" tokens.css controls.css pad.css legend.css latent-pad.css
  node build/panels.mjs www "$WORK/element/panels.js"
  cp "$WORK/element/styles.js" "$WORK/element/panels.js" "$DIST/element"
  # They are in these two.
  rm "$DIST/latent-pad.css" "$DIST/element-panels.css"
  node build/words.mjs www "$DIST"
  node build/worklet.mjs "$WORK" "$DIST"
  node build/on-demand.mjs www "$WORK" "$DIST"
  cp "$WORK"/{app.js,analysis.js,worklet.wasm,decoder.wasm,live_input.wasm,tone-source.wasm} "$DIST"
  cp "$WORK/app_bg.opt.wasm" "$DIST/app_bg.wasm"
  cp "$WORK/analysis_bg.opt.wasm" "$DIST/analysis_bg.wasm"
  cp "$WORK/path_editor_bg.opt.wasm" "$DIST/path_editor_bg.wasm"
  cp "$WORK/path_files_bg.opt.wasm" "$DIST/path_files_bg.wasm"
  cp "$WORK/sound_reader_bg.opt.wasm" "$DIST/sound_reader_bg.wasm"
  cp "$WORK/tone_transforms_bg.opt.wasm" "$DIST/tone_transforms_bg.wasm"
  for file in decoder.onnx encoder.onnx sound_to_patch.onnx coordinates.json map.json presets.bin preset_sounds.bin \
    preset_layers.bin; do
    [ -f "models/$file" ] || die "models/$file is missing: latent-pad train writes it"
    cp "models/$file" "$DIST"
  done
  mkdir "$DIST/timbre"
  cp models/timbre/{strings,voices,winds,brass,amsynth}.{frames,coordinates.json,map.json} "$DIST/timbre"
  cp models/timbre/textures.frames "$DIST/timbre"
  node build/tone-names.mjs "$DIST"/timbre/{strings,voices,winds,brass}.coordinates.json
  node build/sheet.mjs "$DIST"
  node build/minify.mjs "$DIST"
  node build/grid.mjs "$DIST"
  node build/map.mjs "$DIST/map.json" "$DIST"/timbre/*.map.json
  node build/coordinates.mjs "$DIST"
  node build/licences.mjs "$DIST"
  state_sizes worklet.wasm decoder.wasm decoder.onnx coordinates.json
  node build/offline.mjs "$DIST"
}

# state_sizes FILE...: writes the sizes into the page for its progress bar; a compressing host's headers lack them.
state_sizes() {
  local file sizes=""
  for file in "$@"; do
    sizes+="${sizes:+, }$file $(wc -c <"$DIST/$file" | tr -d ' ')"
  done
  grep -q 'name="asset-bytes" content=""' "$DIST/index.html" || die "www/index.html has no empty asset-bytes"
  sed -i "s|name=\"asset-bytes\" content=\"\"|name=\"asset-bytes\" content=\"$sizes\"|" "$DIST/index.html"
}
