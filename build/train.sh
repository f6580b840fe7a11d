# shellcheck shell=bash
# Makes the files of the plane in models/ from Debian's banks: its networks, the points of the known presets, the
# timbral map, the pictures, and the figures of the model card.

readonly BANKS=/usr/share/amsynth/banks PICTURES=$WORK/pictures

train_model() {
  build_command
  say "Training (about 20 min on two cores)"
  latent_pad train --banks "$BANKS" -o models
  say "Placing the known presets by ear (some minutes)"
  latent_pad place --banks "$BANKS" -o models
  say "Analyzing the plane and the known presets (about 3 min)"
  latent_pad map -o models/map.json --png "$PICTURES" --coordinates models/coordinates.json \
    --preset-layers models/preset_layers.bin
  cp "$PICTURES"/{timbre,brightness,parameters}.png models/
  say "Measuring (about 7 min)"
  # Only here are the test rows used: after every choice of the training.
  latent_pad evaluate --rows test,unseen >"$WORK/evaluation.txt"
  cp "$WORK/evaluation.txt" models/
}

latent_pad() { "$TARGET/release/latent-pad" "$@"; }
