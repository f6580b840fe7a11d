// The German texts of the panel Sound.
export default {
  "from_a_sound": "Aus einem Klang …",
  "macros": "Makros …",
  "breed": "Züchten",
  "play_by_voice": "Mit der Stimme spielen …",
  "voice_plays": "Das Mikrofon spielt den Klang.",
  "patch_later": "Einen Klang spielen, um seine 41 Parameter zu sehen.",
  "find_on_map": "Auf der Karte suchen",
  "as_map_has_it": "Änderungen verwerfen",
  "value_of": "{name}: Wert",
  "no_value": "„{text}“ ist kein Wert: eine Zahl eingeben, etwa {example}.",
  "lock_group": "{name} sperren",
  "locked_one": "1 Gruppe gesperrt",
  "locked_more": "{count} Gruppen gesperrt",
  "measured": "{quality}, gemessen",
  "measured_note": "bei C4 gemessen",
  "predicted": "{quality}, vorhergesagt",
  "predicted_by_map": "von der Karte vorhergesagt",
  "values_are": "Werte",
  "unmeasured": "noch nicht gemessen",
  "unmeasurable": "nicht gemessen",
  "edits_gone": "Die Änderungen sind weg."
};
