# shellcheck shell=bash
# Makes the models of models/timbre/ from two of Debian's sound fonts, and measures them on notes that they have not heard.
# Must never run in tests: the fonts are downloads of 330 and 120 MB.

readonly TIMBRE_FONT=/usr/share/sounds/sf2/MuseScore_General_Full.sf2 TIMBRE_OTHER=/usr/share/sounds/sf2/FluidR3_GM.sf2
readonly TIMBRE_NOTES=$WORK/timbre TIMBRE_DOMAINS=(strings voices winds brass)

train_timbre() {
  local domain notes notices
  build_command
  [ -r "$TIMBRE_FONT" ] || apt_install musescore-general-soundfont-lossless
  [ -r "$TIMBRE_OTHER" ] || apt_install fluid-soundfont-gm
  say "Extracting notes"
  rm -rf "$TIMBRE_NOTES"
  cargo run --quiet --locked --release -p spectral --example extract_notes -- \
    "$TIMBRE_FONT" "$TIMBRE_NOTES" --domains "$TIMBRE_OTHER"
  # Only here are the notes of test, unheard and other used, after every choice has been made.
  for domain in "${TIMBRE_DOMAINS[@]}"; do
    notes=$TIMBRE_NOTES/$domain
    notices=$(cat models/timbre/NOTICE)
    say "Training $domain (about 3 min)"
    "$TARGET/release/latent-pad" train --task timbre --sounds "$notes/train" --domain "$domain" \
      --notices "$notices" -o "models/timbre/$domain.frames"
    say "Measuring $domain (about 1 min)"
    cargo run --quiet --locked --release -p frame_model --example compare -- \
      "$notes/train" "models/timbre/$domain.frames" -- "$notes/test" "$notes/unheard" "$notes/other"
  done
}
