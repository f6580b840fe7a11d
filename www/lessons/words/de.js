// Die deutschen Texte, die die Skripte der Lektionen schreiben; dieselben Schlüssel wie in en.js.
export default {
  decimal_mark: ',',
  point: '({x}; {y})',
  done: 'erledigt',
  progress: '{done} von {all} Aufgaben erledigt',
  copy_link: 'Link zu Aufgabe {task} kopieren',
  copied: 'Link kopiert',
  in_address: 'Der Link steht in der Adresszeile',

  pressed_one: 'Gedrückt: {one}. Aus diesen zwei Zahlen berechnet der Decoder 41.',
  pressed_two: 'Gedrückt: {one}, dann {two}. Abstand: {apart} Einheiten.',
  nothing_pressed: 'Noch nichts gedrückt.',

  play_first: 'Spiele zuerst einen Klang.',
  stored: 'Gemerkt: der Klang bei {point}.',
  nothing_stored: 'Noch nichts zu vergleichen.',
  no_change: 'Keine hörbare Änderung.',

  press_first: 'Drücke zuerst auf die Karte.',
  set_an_end: 'Setze diesen Klang als A oder B, oder drücke auf einen anderen Punkt.',
  end_is_at: '{end} liegt bei {point}',
  end_is_not_set: '{end} ist noch nicht gesetzt',
  play: 'Abspielen',
  stop: 'Stopp',
  difference: '{count} der 41 Parameter liegen nicht auf der geraden Linie von A nach B.',
};
