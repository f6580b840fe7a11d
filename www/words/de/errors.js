// The German error messages: one sentence each that says what is wrong and what to do.
export default {
  "element_missing": "Die Seite und ihr Programm haben verschiedene Versionen (#{id}): bitte die Seite neu laden.",
  "no_canvas":
    "Der Browser konnte keine Zeichenfläche bereitstellen: bitte andere Tabs schließen und die Seite neu laden.",
  "file_missing": "{path} fehlt auf dem Server (Status {status}): bitte den Betreibern dieser Seite melden.",
  "file_unreachable": "{path} konnte nicht geladen werden: bitte die Verbindung prüfen und noch einmal versuchen.",
  "file_broken":
    "{path} kam beschädigt an oder aus einer anderen Version: bitte noch einmal versuchen oder die Seite neu laden.",
  "the_instrument": "Das Instrument {name}",
  "insecure_page":
    "Browser erlauben diesen Klang nur auf sicheren Seiten: bitte die Seite über https:// oder auf localhost öffnen.",
  "no_audio_worklet":
    "Dieser Browser hat kein AudioWorklet, das den Klang spielt: bitte die Seite in einem aktuellen Browser öffnen.",
  "context_refused":
    "Der Browser stellt keine Tonausgabe bereit: bitte andere Tabs mit Ton schließen und noch einmal versuchen.",
  "decoder_refused": "Das Klangmodell konnte nicht verwendet werden ({reason}): bitte die Seite neu laden.",
  "sound_fault": "Der Klang ist ausgefallen ({reason}): bitte neu starten.",
  "sound_stopped": "Der Klang hat wegen eines Fehlers aufgehört: bitte neu starten.",
  "sound_lost": "Der Browser hat die Tonausgabe geschlossen: bitte den Klang neu starten.",
  "start_sound": "Klang neu starten",
  "map_late": "Teile der Karte sind nicht geladen: bitte auf eine bessere Verbindung warten.",
  "nothing_kept":
    "Dieser Browser kann nichts bis zum nächsten Besuch speichern: bitte einen Link kopieren oder eine Bank sichern.",
  "tones_rate":
    "{path} braucht eine Tonausgabe mit höchstens 192 kHz: bitte im System eine niedrigere Rate wählen und die Seite neu laden.",
  "loops_too_long": "Die Loops sind zusammen zu lang: bitte einen anhalten oder diesen kürzen.",
  "landmarks_full": "Es gibt Platz für 128 Nadeln: bitte zuerst eine unter „Orte“ löschen.",
  "imports_late": "Die importierten Dateien sind nicht geladen: bitte die Seite neu laden."
};
