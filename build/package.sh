# shellcheck shell=bash
# From dist/ to an npm package of <latent-pad> alone: the files it needs, its types, its manifest. Publishes nothing.

readonly PACKAGE=$WORK/package

# Writes the package's folder and, beside it, what npm would upload: latent-pad-VERSION.tgz.
build_package() {
  local file
  rm -rf "$PACKAGE"
  mkdir -p "$PACKAGE/element" "$PACKAGE/words"
  cp -R npm/. "$PACKAGE"
  cp LICENSE "$PACKAGE"
  cp "$DIST"/element/*.js "$PACKAGE/element"
  cp "$DIST"/words/*.js "$PACKAGE/words"
  for file in latent-pad.js latent-pad-files.js app.js app_bg.wasm worklet.js worklet.wasm grid.f32 decoder.onnx coordinates.json map.json; do
    cp "$DIST/$file" "$PACKAGE"
  done
  npm pack "$PACKAGE" --pack-destination "$WORK" --silent
}
