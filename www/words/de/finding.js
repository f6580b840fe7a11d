// The German texts of the search by words and of the map's regions.
export default {
  "find_words": "heller Bass …",
  "understood": "So wurden die Wörter verstanden",
  // Texts that the program fills in. Twelve kinds that have regions, in the order of their chips.
  "regions": "Bass Flächen Glocken Tasten Leads Trommeln Rauschen Streicher Blech Chor Gezupftes Effekte",
  // The same kinds after a quality.
  "quarters": "Bässe Flächen Glocken Tasten Leads Trommeln Rauschklänge Streicher Bläser Chöre Zupfklänge Effekte",
  "region_qualities": "tiefe helle dunkle raue glatte warme kalte harte weiche",
  "quarter": "{quality} {kind}",
  // The properties that a patch tells of its sound, in the order of the properties after loudness.
  "patch_properties":
    "Anstieg Länge Bewegung Wabern Tremolo Vibrato Rauschen Sync Ringmodulation Resonanz Verstimmung Verzerrung Gleiten",
  "word_over": "{quality} über {value}",
  "word_under": "{quality} unter {value}",
  "word_kind": "Art",
  "word_other_kind": "jede andere Art",
  "word_name": "Name",
  "word_unknown": "unbekannt",
  "drop_word": "Ohne „{word}“",
  "have_both": "{count} haben beides",
  "have_all": "{count} haben alles",
  // Less and more of each property, in the order of the sliders.
  "sound_changes":
    "dunkler heller kälter wärmer weicher härter glatter rauer flacher tiefer schneller langsamer kürzer länger ruhiger lebhafter",
  "make_it": "Klang {change} machen"
};
