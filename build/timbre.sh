# shellcheck shell=bash
# Makes the models of models/timbre/ from two of Debian's sound fonts and amSynth's banks. Measures them on notes that
# they have not heard, and writes their planes with the points of all notes, the timbral maps, and the changes along the
# other axes. Must never run in tests: the fonts are downloads of 330 and 120 MB.

readonly TIMBRE_FONT=/usr/share/sounds/sf2/MuseScore_General_Full.sf2 TIMBRE_OTHER=/usr/share/sounds/sf2/FluidR3_GM.sf2
readonly TIMBRE_NOTES=$WORK/timbre TIMBRE_DOMAINS=(strings voices winds brass)

train_timbre() {
  train_recordings
  train_presets
  train_textures
}

# Strings, voices, winds and brass.
train_recordings() {
  local domain other notes notices others unheard
  build_command
  [ -r "$TIMBRE_FONT" ] || apt_install musescore-general-soundfont-lossless
  [ -r "$TIMBRE_OTHER" ] || apt_install fluid-soundfont-gm
  say "Extracting notes"
  rm -rf "$TIMBRE_NOTES"
  cargo run --quiet --locked --release -p spectral --example extract_notes -- \
    "$TIMBRE_FONT" "$TIMBRE_NOTES" --domains "$TIMBRE_OTHER"
  # Here the notes of test, unheard and other are used after the choices. Two earlier choices had looked at such notes:
  # models/timbre.md, What was tried.
  for domain in "${TIMBRE_DOMAINS[@]}"; do
    notes=$TIMBRE_NOTES/$domain
    notices=$(cat models/timbre/NOTICE)
    say "Training $domain (some minutes)"
    "$TARGET/release/latent-pad" train --task timbre --sounds "$notes/train" --domain "$domain" \
      --notices "$notices" -o "models/timbre/$domain.frames"
    # A model cannot be read and written by one call.
    mv "models/timbre/$domain.frames" "$TIMBRE_NOTES/$domain.frames"
    "$TARGET/release/latent-pad" timbre contours "$TIMBRE_NOTES/$domain.frames" --notes "$notes/train" \
      -o "models/timbre/$domain.frames"
    say "Measuring $domain (about 1 min)"
    others=()
    for other in "${TIMBRE_DOMAINS[@]}"; do
      [ "$other" = "$domain" ] || others+=(--others "$TIMBRE_NOTES/$other/test")
    done
    unheard=(--notes "$notes/test" --notes "$notes/unheard")
    [ -z "$(ls -A "$notes/other")" ] || unheard+=(--notes "$notes/other")
    "$TARGET/release/latent-pad" evaluate --task timbre --model "models/timbre/$domain.frames" \
      --learned "$notes/train" "${unheard[@]}" "${others[@]}"
    say "Measuring the plane of $domain (about 1 min)"
    "$TARGET/release/latent-pad" timbre plane "models/timbre/$domain.frames" -o "models/timbre/$domain" \
      --notes "$notes/train" --notes "$notes/test" --notes "$notes/unheard"
  done
}

# amSynth: its training rows. The rows that no training sees are only placed and measured.
train_presets() {
  local notes=$WORK/timbre_presets sets domain others=()
  need_banks
  say "Rendering presets"
  rm -rf "$notes"
  cargo run --quiet --locked --release -p train --example preset_notes -- /usr/share/amsynth/banks "$notes"
  say "Training amsynth (some minutes)"
  "$TARGET/release/latent-pad" train --task timbre --sounds "$notes/train" --domain amsynth \
    --notices "$(cat models/timbre/NOTICE-amsynth)" -o models/timbre/amsynth.frames
  for domain in "${TIMBRE_DOMAINS[@]}"; do others+=(--others "$TIMBRE_NOTES/$domain/test"); done
  say "Measuring amsynth (about 3 min)"
  sets=(--notes "$notes/test" --notes "$notes/unseen")
  "$TARGET/release/latent-pad" evaluate --task timbre --model models/timbre/amsynth.frames \
    --learned "$notes/train" "${sets[@]}" "${others[@]}"
  "$TARGET/release/latent-pad" timbre plane models/timbre/amsynth.frames -o models/timbre/amsynth \
    --notes "$notes/train" "${sets[@]}"
}

# Chords and unpitched sounds of the same presets, as textures, beside the tones of amsynth. Every fourth sound is
# learned: that takes a quarter of the time and the memory.
train_textures() {
  local sounds=$WORK/timbre_textures kind sets=()
  need_banks
  say "Rendering chords and unpitched presets"
  rm -rf "$sounds"
  cargo run --quiet --locked --release -p train --example preset_textures -- /usr/share/amsynth/banks "$sounds"
  pick_sounds 4 "$sounds/train" "$sounds/learned"
  say "Training textures (some minutes)"
  "$TARGET/release/latent-pad" train --task timbre --head texture --sounds "$sounds/learned" --domain textures \
    --notices "$(cat models/timbre/NOTICE-amsynth)" -o models/timbre/textures.frames
  say "Measuring textures"
  pick_sounds 7 "$sounds/test_chords" "$sounds/measured_chords"
  pick_sounds 3 "$sounds/test_unpitched" "$sounds/measured_unpitched"
  for kind in chords unpitched; do sets+=(--notes "$sounds/measured_$kind"); done
  "$TARGET/release/latent-pad" evaluate --task timbre --model models/timbre/textures.frames \
    --learned "$sounds/learned" --beside models/timbre/amsynth.frames "${sets[@]}"
}

# pick_sounds EVERY FROM TO: moves every so many sounds, in the order of their names, to a new folder.
pick_sounds() {
  local every=$1 from=$2 to=$3 name
  mkdir "$to"
  find "$from" -name '*.wav' | LC_ALL=C sort | awk -v every="$every" 'NR % every == 0' \
    | while read -r name; do mv "$name" "$to"; done
}
