// The names of recorded tones in the languages of the page. models/timbre/ has the English ones. build/tone-
// names.mjs writes it into the site's copies.

/**
 * By the language's tag: the part of a name before its note, then the twelve notes from C.
 * @type {Record<string, { instruments: Record<string, string>, notes: string }>}
 */
export const NAMES = {
  de: {
    instruments: {
      'Basses': 'Kontrabässe',
      'Celli': 'Celli',
      'Cello': 'Cello',
      'Double bass': 'Kontrabass',
      'Viola': 'Bratsche',
      'Violas': 'Bratschen',
      'Violin': 'Geige',
      'Violins': 'Geigen',
      'Choir aah': 'Chor Aah',
      'Choir ooh': 'Chor Ooh',
      'Solo voice': 'Solostimme',
      'Alto saxophone': 'Altsaxofon',
      'Baritone saxophone': 'Baritonsaxofon',
      'Bassoon': 'Fagott',
      'Clarinet': 'Klarinette',
      'English horn': 'Englischhorn',
      'Flute': 'Querflöte',
      'Oboe': 'Oboe',
      'Ocarina': 'Okarina',
      'Pan flute': 'Panflöte',
      'Piccolo': 'Piccoloflöte',
      'Recorder': 'Blockflöte',
      'Soprano saxophone': 'Sopransaxofon',
      'Tenor saxophone': 'Tenorsaxofon',
      'Brass section': 'Blechbläser',
      'French horns': 'Hörner',
      'Muted trumpet': 'Gedämpfte Trompete',
      'Trombone': 'Posaune',
      'Trumpet': 'Trompete',
      'Tuba': 'Tuba',
    },
    notes: 'C C♯ D D♯ E F F♯ G G♯ A A♯ H',
  },
};
