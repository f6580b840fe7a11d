// The English texts of the panel Sound.
export default {
  "from_a_sound": "From a sound…",
  "macros": "Macros…",
  "breed": "Breed",
  "play_by_voice": "Play by voice…",
  "voice_plays": "The microphone plays the sound.",
  "patch_later": "Play a sound to see its 41 parameters.",
  "find_on_map": "Find on the map",
  "as_map_has_it": "Discard changes",
  "value_of": "{name}: value",
  "no_value": "“{text}” is not a value: type a number, such as {example}.",
  "lock_group": "Lock {name}",
  "locked_one": "1 group locked",
  "locked_more": "{count} groups locked",
  "measured": "{quality}, measured",
  "measured_note": "measured at C4",
  "predicted": "{quality}, predicted",
  "predicted_by_map": "predicted by the map",
  "values_are": "Values",
  "unmeasured": "not measured yet",
  "unmeasurable": "not measured",
  "edits_gone": "Your edits are gone."
};
