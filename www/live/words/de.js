// The German texts of “Play by voice…”, with the keys and placeholders of en.js.
export default {
  // As the program writes keys.
  notes: 'C C♯ D D♯ E F F♯ G G♯ A A♯ H',
  title: 'Die Stimme spielt diesen Klang',
  start: 'Live mit dem Mikrofon spielen',
  stop: 'Spielen mit dem Mikrofon beenden',
  try_again: 'Noch einmal versuchen',
  asking: 'Wartet auf das Mikrofon …',
  about:
    'Singen, summen oder pfeifen: ein Ton nach dem anderen. Lauter singen spielt lauter; der Ton folgt der Tonhöhe. Escape beendet.',
  headphones: 'Bitte Kopfhörer benutzen: aus einem Lautsprecher hört das Mikrofon den Klang selbst und spielt weiter.',
  level: 'Pegel des Mikrofons',
  note: 'Gehörter Ton',
  no_note: '–',
  cent: 'Cent',
  cents: 'Cent',
  latency: 'Latenz',
  latency_value: '{own} ms + Gerät',
  latency_device: '{own} ms + Gerät ({device} ms)',
  latency_about:
    'Vom Beginn eines Tons bis zu seinem Klang, etwa: {detector} ms, um die Tonhöhe sicher zu kennen, {transfer} ms auf dem Weg durch die Seite.',
  brightness_follows: 'Die Helligkeit der Stimme bewegt den Regler Helligkeit.',
  brightness_unmeasured:
    'Den Regler Helligkeit drücken und diesen Klang messen lassen: Lässt sich seine Helligkeit ändern, bewegt die der Stimme den Regler.',
  refused:
    'Das Mikrofon ist gesperrt: bitte im Browser für diese Seite erlauben und noch einmal auf den Knopf drücken.',
  missing: 'Es gibt kein Mikrofon: bitte eines anschließen und noch einmal auf den Knopf drücken.',
  busy: 'Das Mikrofon antwortet nicht: bitte andere Programme schließen, die es benutzen, und noch einmal auf den Knopf drücken.',
  insecure: 'Das Mikrofon braucht eine sichere Seite: bitte diese Seite mit https öffnen.',
  unusable:
    'Dieser Browser kann das Mikrofon nicht an den Klang weitergeben: bitte im System für beide dieselbe Abtastrate wählen oder einen anderen Browser benutzen.',
  ended: 'Das Mikrofon ist weg: bitte anschließen und noch einmal auf den Knopf drücken.',
  lost: 'Der Teil, der zuhört, konnte nicht geladen werden: bitte die Verbindung prüfen und es noch einmal versuchen.',
  no_sound: 'Der Ton der Seite läuft nicht: bitte einmal auf die Karte drücken und es noch einmal versuchen.',
};
