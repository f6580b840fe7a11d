# shellcheck shell=bash
# Packs <latent-pad> from dist/ as an npm package: its files, types and manifest. Must never publish anything.

readonly PACKAGE=$WORK/package

# Writes the package's folder and, beside it, the archive that npm would upload: latent-pad-VERSION.tgz.
build_package() {
  local file
  rm -rf "$PACKAGE" "$WORK"/latent-pad-*.tgz
  mkdir -p "$PACKAGE/element" "$PACKAGE/words"
  cp -R npm/. "$PACKAGE"
  cp LICENSE "$PACKAGE"
  # Without its links to the page's files, which are not here.
  sed -E '/<link |<nav /d' "$DIST/help/licences.html" >"$PACKAGE/licences.html"
  cp "$DIST"/element/*.js "$PACKAGE/element"
  cp "$DIST"/words/{all,language}.js "$PACKAGE/words"
  for file in latent-pad.js latent-pad-files.js app.js app_bg.wasm worklet.js worklet.wasm decoder.wasm grid.bin \
    decoder.onnx coordinates.json map.json macro-processor.js analysis-worker.js analysis.js analysis_bg.wasm \
    encoder.onnx; do
    cp "$DIST/$file" "$PACKAGE"
  done
  npm pack "$PACKAGE" --pack-destination "$WORK" --silent
}
