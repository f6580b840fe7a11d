// The German texts of the start: loading, the first sound and the first hints.
export default {
  "too_old":
    "Dieser Browser ist zu alt für diese Seite: bitte in einem aktuellen Chrome, Edge, Firefox oder Safari öffnen.",
  "not_started": "Die Seite konnte nicht vollständig geladen werden: bitte die Verbindung prüfen und sie neu laden.",
  "load_again": "Neu laden",
  "offline_refused": "Nicht gespeichert. Läuft nur online",
  "pad_not_loaded":
    "Das Instrument konnte nicht geladen werden: bitte die Verbindung prüfen oder die Seite in einem aktuellen Browser öffnen.",
  "no_script": "Dieses Instrument braucht JavaScript: bitte für diese Seite erlauben.",
  // Texts that the program fills in.
  "loading_bytes": "Lädt … {megabytes} MB",
  "loading_percent": "Lädt … {percent} %",
  "loading_last": "Startet …",
  "wake_by_tap": "Antippen startet den Klang",
  "wake_by_lift": "Abheben startet den Klang",
  "wake_by_click": "Klicken startet den Klang",
  // The first seconds.
  "welcome": "Karte drücken. Dann ziehen.",
  "hint_dots": "Jedes Symbol ist ein Preset",
  "hint_colours": "Die Farbe zeigt, wie {quality} eine Stelle klingt",
  "hint_density": "Die Farbe zeigt, wo viele Klänge liegen",
  "hint_latch": "Töne klingen weiter bis zur nächsten Berührung, oder bis „Halten“ aus ist",
  "hint_landmark": "Gemerkt. Zu finden unter „Orte“",
  "hint_compare": "A ist gemerkt. B einstellen, dann erneut drücken",
  "hint_explore": "Ziehen verschiebt, zwei Finger oder Mausrad vergrößern, Tippen spielt",
  "hint_melody": "„Melodie“ ausprobieren",
  "hint_beat": "Einen Beat starten",
  "hint_record": "Einen Loop aufnehmen",
  "shared": "Geteilter Klang",
  "shared_named": "Geteilter Klang: {name}",
  // A link with loops.
  "made_for_you": "Zum Anhören",
  "untitled_loops": "Loops",
  "tempo_of_loops": "{bpm} Schläge je Minute",
  "next_is_yours": "{number} · eigener Loop",
  "add_yours": "{number} · eigenen Loop aufnehmen",
  "hear_then_add": "Anhören, dann einen eigenen aufnehmen.",
  "back_to_yours": "Zurück zum Eigenen"
};
