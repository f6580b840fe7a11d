# shellcheck shell=bash
# From Debian's banks to everything in models/: the networks, where the known presets lie, what the plane
# sounds like, the pictures and the figures of the model card.

readonly BANKS=/usr/share/amsynth/banks PICTURES=$WORK/pictures

train_model() {
  build_command
  say "Training (about 20 min on two cores)"
  latent_pad train --banks "$BANKS" -o models
  say "Placing the known presets by ear (about 12 min)"
  latent_pad place --banks "$BANKS" -o models
  say "Listening to the plane (about 1 min)"
  latent_pad map -o models/map.json --png "$PICTURES" --coordinates models/coordinates.json
  cp "$PICTURES"/{timbre,brightness,parameters}.png models/
  say "Measuring (about 9 min)"
  # The test rows are looked at here alone, when everything has been chosen.
  latent_pad evaluate --rows test,unseen >"$WORK/evaluation.txt"
  cp "$WORK/evaluation.txt" models/
}

latent_pad() { "$TARGET/release/latent-pad" "$@"; }
