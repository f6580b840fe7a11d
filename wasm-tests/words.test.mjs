// The texts of the page: every key is used, every used key exists, the map's own words have texts, and each thing has
// one word. (crate/page/app/src/words and the types check that all languages have the same keys.)
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { en, words } from './words.mjs';

const read = (/** @type {string} */ path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** @param {string} text @param {RegExp} pattern with one group */
const found = (text, pattern) => Array.from(text.matchAll(pattern), ([, name]) => name);

/** The documents that name keys. */
const marked = ['www/index.html', 'www/element/shadow.js', 'build/single.mjs'].map(read).join('\n');
const inDocuments = [
  ...found(marked, /data-word="(\w+)"/g),
  ...found(marked, /data-names="([^"]+)"/g).flatMap(names => found(names, /:(\w+)/g)),
];
const inProgram = found(/table! \{(.*)\}/s.exec(read('crate/page/app/src/words/table.rs'))?.[1] ?? '', /(\w+)/g);
const inScripts = found(read('www/element/element.js'), /\bwords\.(\w+)/g);

test('every used key exists, and every existing key is used', () => {
  const used = new Set([...inDocuments, ...inProgram, ...inScripts, 'page_about']);
  const there = new Set(Object.keys(en));
  assert.ok(inDocuments.length > 100 && inProgram.length > 100 && inScripts.length > 1);
  assert.deepEqual(
    [...used].filter(name => !there.has(name)),
    [],
    'used, but missing',
  );
  assert.deepEqual(
    [...there].filter(name => !used.has(name)),
    [],
    'unused',
  );
});

/** The parts of the page that have texts of their own: the folders of www/ with a folder of words. */
const PARTS = readdirSync(new URL('../www', import.meta.url)).filter(name =>
  existsSync(new URL(`../www/${name}/words`, import.meta.url)),
);

test('no part of the page has a text that none of its scripts writes', async () => {
  for (const part of PARTS) {
    const own = readdirSync(new URL(`../www/${part}`, import.meta.url))
      .filter(name => name.endsWith('.js'))
      .map(name => read(`www/${part}/${name}`))
      .join('\n');
    // A function that a part imports from another part may return a key.
    const scripts = [
      own,
      ...new Set(found(own, /from '\.\.\/([\w-]+\/[\w-]+\.js)'/g).map(path => read(`www/${path}`))),
    ].join('\n');
    const [begins, ends] = [found(scripts, /`(\w+_)\$\{/g), found(scripts, /\}(_\w+)`/g)];
    const named = new Set([...found(scripts, /'(\w+)'/g), ...found(scripts, /\bwords\.(\w+)/g)]);
    const texts = Object.keys(await words('en', `${part}/words`));
    assert.ok(texts.length > 0, part);
    assert.deepEqual(
      texts.filter(
        key => !named.has(key) && !begins.some(begin => key.startsWith(begin)) && !ends.some(end => key.endsWith(end)),
      ),
      [],
      part,
    );
  }
});

test('every part of the page has the same texts in German as in English', async () => {
  for (const part of PARTS) {
    const [german, english] = await Promise.all(
      ['de', 'en'].map(async language => Object.keys(await words(language, `${part}/words`)).sort()),
    );
    assert.deepEqual(german, english, `www/${part}/words/de.js has other keys than en.js`);
  }
});

test('the map file names its qualities and their ends as the English texts do', () => {
  const { layers } = JSON.parse(read('models/map.json'));
  const words = layers.flatMap((/** @type {{ name: string, ends: string[] }} */ { name, ends }) => [name, ...ends]);
  assert.ok(layers.length > 0);
  assert.deepEqual(
    words.filter((/** @type {string} */ word) => en[word] !== word),
    [],
  );
});

/** Texts of one action, each as its part of the page and its key; the part “page” is www/words/. */
const ALIKE = [
  [
    'page stop',
    'macros stop',
    'between stop',
    'codebook stop',
    'paths stop_writing',
    'paths stop_search',
    'lessons stop',
  ],
  ['page take_recording', 'tone-sounds save'],
  ['macros reset', 'tones reset'],
  ['match choose', 'tone-sounds choose'],
  ['match record', 'tone-sounds record'],
  ['match stop_recording', 'tone-sounds stop_recording'],
  ['match listening', 'tone-sounds listening'],
  ['match hear', 'tone-sounds hear'],
  ['match repeat', 'tone-sounds play'],
  ['live asking', 'tones asking'],
  ['live level', 'tones level', 'match level', 'tone-sounds level'],
];

for (const language of ['en', 'de']) {
  test(`one action has one text in every panel: ${language}`, async () => {
    for (const actions of ALIKE) {
      const texts = await Promise.all(
        actions.map(async action => {
          const [part, key] = action.split(' ');
          return (await words(language, part === 'page' ? 'words' : `${part}/words`))[key];
        }),
      );
      assert.ok(texts[0]);
      assert.deepEqual(
        texts,
        texts.map(() => texts[0]),
        actions.join(', '),
      );
    }
  });
}

/** @param {string} folder @returns {string[]} the documents directly in a folder */
const documents = folder =>
  readdirSync(new URL(`../${folder}`, import.meta.url))
    .filter(name => name.endsWith('.html'))
    .map(name => `${folder}/${name}`);

/** The texts of a document, and those of its attributes that are read out or shown. @param {string} html */
const textsOf = html => [
  ...html.replace(/<\/?(?:a|b|i|em|strong|kbd|code|cite)(?: [^>]*)?>/g, '').split(/<[^>]*>|\n/),
  ...found(html, /\b(?:alt|aria-label|content|placeholder|title)="([^"]*)"/g),
];

/** Words that address who reads. “Sie” and “Ihr” can begin a sentence about a thing, so they count only inside one. */
const ADDRESS = [
  /(?<!\p{L})(?:du|dich|dir|deine?[mnrs]?|euch|eue?re?[mnrs]?)(?!\p{L})/iu,
  /(?<=[\p{L}\d,;%)] )(?:Sie|Ihnen|Ihre?[mnrs]?)(?!\p{L})/u,
];
const IMPERATIVE = [
  /(?<!\p{L})(?:beatboxe|beginne|behalte|benutze|berühre|bewege|denke|drücke|entferne|entscheide|erlaube|füge|gehe)(?!\p{L})/iu,
  /(?<!\p{L})(?:gib|gleite|halte|hebe|höre|installiere|lass|lege|lies|lösche|mache|merke|nimm|notiere|öffne)(?!\p{L})/iu,
  /(?<!\p{L})(?:pfeife|probiere|prüfe|sage|schalte|schließe|schreibe|setze|sieh|sing|spiele|starte|tippe|vergleiche)(?!\p{L})/iu,
  /(?<!\p{L})(?:verschiebe|vertraue|wähle|warte|zeichne|ziehe)(?!\p{L})/iu,
  // With a capital letter these are things: eine Suche, eine Stelle.
  /(?<!\p{L})(?:rate|stelle|suche|summe|versuche|weise)(?!\p{L})/u,
];

test('no German text of page, manual and lessons addresses who reads, and a Patch is neuter', async () => {
  const masculine = /(?<!\p{L})(d|k?ein|dies|jed)(er|en) Patch(?!\p{L})/u;
  const wrong = (/** @type {string} */ text) => [...ADDRESS, ...IMPERATIVE, masculine].some(word => word.test(text));
  for (const text of [
    'wo du bist',
    'Wählen Sie',
    'mit Ihrem Finger',
    'Suchen: versuche es',
    'Prüfe das Netz',
    'der Patch',
  ])
    assert.ok(wrong(text), text);
  for (const text of ['Sie ist still.', 'Die Antwort: Ihr fehlen Teiltöne.', 'zwei Versuche', 'auf andere Weise'])
    assert.ok(!wrong(text), text);
  const written = ['words', ...PARTS.map(part => `${part}/words`)].map(
    async part => /** @type {[string, string[]]} */ ([part, Object.values(await words('de', part)).flat()]),
  );
  const pages = ['www/help/de', 'www/lessons/de'].flatMap(documents);
  assert.ok(pages.length > 7);
  const places = [
    ...(await Promise.all(written)),
    ...pages.map(path => /** @type {[string, string[]]} */ ([path, textsOf(read(path))])),
  ];
  for (const [place, texts] of places) assert.deepEqual(texts.filter(wrong), [], place);
});

/**
 * The texts that a part of the page writes in a document of that language.
 * @param {string} part @param {string} language
 */
async function written(part, language) {
  Object.assign(globalThis, { document: { documentElement: { lang: language } } });
  return import(`../www/${part}.js?${language}`);
}

test('one thing is written in the singular, and no number is −0', async () => {
  for (const [language, point, play, knob] of [
    ['en', '1 point', 'Play this preset', 'One of'],
    ['de', '1 Punkt', 'Dieses Preset abspielen', 'Einer der'],
  ]) {
    const macros = await written('macros/words', language);
    assert.equal(macros.valueTexts({ value: 1.2, amount: 0, now: 1.2, isExpected: false }).spoken, point);
    assert.ok(macros.valueTexts({ value: 3, amount: 1, now: 1, isExpected: false }).spoken.startsWith(`${point}, −2`));
    const codebook = await written('codebook/words', language);
    assert.equal(codebook.counted('play', 1), play);
    assert.ok(codebook.counted('play', 1234).includes(language === 'en' ? '1,234' : '1.234'));
    const lessons = await written('lessons/say', language);
    assert.ok(lessons.say('knobs_one').startsWith(knob) && lessons.say('difference_one').startsWith(knob));
    const zero = language === 'en' ? '0.00' : '0,00';
    for (const { numberText } of [codebook, lessons, await written('match/words', language)]) {
      assert.equal(numberText(-0.004, 2), zero);
      assert.equal(numberText(-0.4, 0), '0');
    }
  }
});

test('the manuals call what is pressed by its name on the page', async () => {
  for (const [language, place] of [
    ['en', 'help'],
    ['de', 'help/de'],
  ]) {
    const manual = read(`www/${place}/index.html`);
    const [match, codebook, page] = await Promise.all(
      ['match/words', 'codebook/words', 'words'].map(folder => words(language, folder)),
    );
    const keep = [match.keep, match.keep_kind].map(text => `<dt>${text.replace('{number}', '1')}</dt>`);
    const names = [
      ...keep,
      `<dt>${match.keep_sketch}</dt>`,
      `<b>${codebook.play.replace('{count}', '…')}</b>`,
      ` ${page.amsynth_filter_kbd_track ?? 'key tracking'} `,
    ];
    assert.deepEqual(
      names.filter(name => !manual.includes(name)),
      [],
      language,
    );
    assert.ok(match.sketch_keeps.includes(match.keep_sketch) && match.rhythm_keeps.includes(match.keep_kind));
  }
});

test('a button that another text names stands in quotes there', async () => {
  for (const [language, quoted] of [
    ['en', /“Stop”/],
    ['de', /„Stopp“/],
  ]) {
    const [page, tones] = await Promise.all(['words', 'tones/words'].map(folder => words(String(language), folder)));
    assert.match(tones.live_feedback_about, /** @type {RegExp} */ (quoted));
    assert.match(String(quoted), new RegExp(page.stop_all));
    assert.match(page.loops_left_out, new RegExp(`[“„]${page.edit_paths}[”“]`));
  }
});

test('a quality of a sound is called so, and “scale” is of music and of Paths', async () => {
  const texts = (
    await Promise.all(
      ['words', ...PARTS.map(part => `${part}/words`)].map(async folder =>
        Object.values(await words('en', folder)).flat(),
      ),
    )
  ).flat();
  assert.deepEqual(
    texts.filter(text => /\bscales\b|\bdescriptors?\b(?!\})/i.test(text)),
    [],
  );
});

test('headings that are the same in all English lessons are the same in all German ones', () => {
  /** @type {Map<string, Set<string>>} */
  const german = new Map();
  for (const lesson of ['latent-space', 'timbre', 'interpolation', 'guess', 'curve', 'violin-voice']) {
    const [english, own] = ['', 'de/'].map(place =>
      found(read(`www/lessons/${place}${lesson}.html`), /<h2>([^<]+)<\/h2>/g),
    );
    assert.equal(own.length, english.length, lesson);
    english.forEach((heading, number) => german.set(heading, (german.get(heading) ?? new Set()).add(own[number])));
  }
  assert.deepEqual(
    [...german.values()].filter(own => own.size > 1).map(own => [...own]),
    [],
  );
});

test('Play by voice writes how far a note is beside its key in cents', async () => {
  for (const [language, cents, cent] of [
    ['en', 'cents', 'cent'],
    ['de', 'Cent', 'Cent'],
  ]) {
    const { pitchText } = await written('live/words', language);
    assert.deepEqual([57, 57.12, 56.99].map(pitchText), ['A3', `A3 +12 ${cents}`, `A3 −1 ${cent}`]);
  }
});

test('what all instruments of tones share does not call them recorded: those of amSynth are not', async () => {
  for (const language of ['en', 'de']) {
    const [page, codebook] = await Promise.all(['words', 'codebook/words'].map(folder => words(language, folder)));
    for (const text of [page.without_patch, codebook.key_tones]) assert.doesNotMatch(text, /recorded|aufgenommen/);
  }
});

test('the tasks of lesson 3 name the slider, since nothing moves by itself, and stop nothing', () => {
  for (const [place, slider] of [
    ['', 'slider'],
    ['de/', 'Schieber'],
  ]) {
    const lesson = read(`www/lessons/${place}interpolation.html`);
    const tasks = found(lesson, /<li id="task-\d"><span>(.*)<\/span>/g);
    assert.ok(tasks[1].includes(slider), tasks[1]);
    assert.deepEqual(
      tasks.filter(task => /\bstop\b|halte .*an\b/i.test(task)),
      [],
    );
  }
});

test('the manuals name the button that mutes, and the muted page says where it is', async () => {
  for (const [language, place] of [
    ['en', 'help'],
    ['de', 'help/de'],
  ]) {
    const [manual, { sound_off, volume, stop_all }] = [read(`www/${place}/index.html`), await words(language)];
    assert.ok(manual.includes(`<dt>${sound_off}, ${volume}, ${stop_all}</dt>`), language);
    const muted = found(manual, /<li>.*(?:“Muted”|„Stumm“)(.*)<\/li>/g)[0];
    assert.match(muted, /in the menu|im Menü/);
  }
});

test('the operator that moves a path to dots names no presets: on other instruments the dots are tones', async () => {
  for (const language of ['en', 'de']) {
    const { presets, does_presets } = await words(language, 'paths/words');
    assert.doesNotMatch(`${presets} ${does_presets}`, /preset/i);
  }
});

test('in German the dots of the map are “Symbole”: “Punkt” is a point, of which the map has more than presets', async () => {
  const [{ as_dots, hint_dots }, { dots }] = await Promise.all(
    ['words', 'tones/words'].map(folder => words('de', folder)),
  );
  assert.deepEqual(
    [as_dots, hint_dots, dots].filter(text => /Punkt/.test(text)),
    [],
  );
  assert.match(read('www/help/de/index.html'), /<b>Symbole<\/b> sind Presets/);
  assert.match(read('www/lessons/de/latent-space.html'), /Jedes Symbol auf der Karte ist ein Patch/);
});

test('one idea has one German word in manual and page', async () => {
  const texts = [
    read('www/help/de/index.html'),
    ...(
      await Promise.all(
        ['words', ...PARTS.map(part => `${part}/words`)].map(async folder => Object.values(await words('de', folder))),
      )
    ).flat(2),
  ];
  const second =
    /Pitch-Bend|Handy|schnellen Computer|gestoppt|Umschalttaste|verlinken und speichern|mittleren C\b|Taste Behalten|geändertes Patch|Einen Regler bewegen …/g;
  assert.deepEqual(
    texts.flatMap(text => text.match(second) ?? []),
    [],
  );
});

test('a larger step goes farther, and the manual calls the five panels so', () => {
  const texts = [...Object.values(en), read('www/index.html'), read('README.md')].join('\n');
  assert.doesNotMatch(texts, /with (?:\{\}|Shift,|<kbd data-word="shift">Shift<\/kbd>) further/);
  assert.doesNotMatch(read('www/help/index.html'), /Five places/);
});

test('in the German lessons a finger glides over the map and pulls nothing, as it slides in the English ones', async () => {
  const { follow } = await words('de', 'lessons/words');
  assert.doesNotMatch(follow + read('www/lessons/de/curve.html'), /\bziehe\b/i);
});
