// The English texts of the search by words and of the map's regions.
export default {
  "find_words": "warm pad …",
  "understood": "How the words were understood",
  // Texts that the program fills in. Twelve kinds that have regions, in the order of their chips.
  "regions": "bass pads bells keys leads drums noise strings brass choir plucks effects",
  // The same kinds after a quality.
  "quarters": "bass pads bells keys leads drums noises strings brass choirs plucks effects",
  "region_qualities": "deep bright dark rough smooth warm cold hard soft",
  "quarter": "{quality} {kind}",
  // The properties that a patch tells of its sound, in the order of the properties after loudness.
  "patch_properties":
    "attack length movement wobble tremolo vibrato noise sync ring resonance detuning distortion glide",
  "word_over": "{quality} over {value}",
  "word_under": "{quality} under {value}",
  "word_kind": "kind",
  "word_other_kind": "any other kind",
  "word_name": "name",
  "word_unknown": "unknown",
  "drop_word": "Without “{word}”",
  "have_both": "{count} have both",
  "have_all": "{count} have all",
  // Less and more of each property, in the order of the sliders.
  "sound_changes":
    "darker brighter colder warmer softer harder smoother rougher shallower deeper quicker slower shorter longer steadier livelier",
  "make_it": "Make it {change}"
};
