// Tests of the house rule checkers: each gets small inputs that follow its rule and that break it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bare,
  circles,
  decidingScripts,
  handParsed,
  imports,
  longFiles,
  patchedPrototypes,
  sharedTypeNames,
  structs,
  subjectlessHas,
  typeNames,
  wideStructs,
} from './rules.mjs';

test('comments and strings are not code', () => {
  const rust = 'a // struct A;\n/* struct B; */ "struct C; \\" {" r#"struct "D";"# \'"\' x::<\'a>(\'{\') b"{"';
  assert.doesNotMatch(bare(rust), /struct|\{/);
  assert.match(bare(rust), /x::<'a>/);
  assert.equal(bare(rust).split('\n').length, 2);
});

test('a file is too long from the first line after the limit', () => {
  const lines = (/** @type {number} */ count) => ({ path: 'a.rs', text: 'x\n'.repeat(count) });
  assert.deepEqual(longFiles([lines(400)], 400), []);
  assert.deepEqual(longFiles([lines(401)], 400), ['a.rs: 401 lines']);
  assert.deepEqual(longFiles([{ path: 'b.rs', text: `${'x\n'.repeat(400)}x` }], 400), ['b.rs: 401 lines']);
});

test('fields are counted in structs of every form', () => {
  const rust = `
    struct Unit;
    pub struct Pair(pub f32, Vec<(u8, u8)>);
    /// With text, and a comma.
    #[derive(Clone, Debug)]
    pub(crate) struct Named<'a, T: Fn(u8, u8) -> u8, const N: usize>
    where T: Copy, {
      /// One, two.
      #[serde(default, rename = "x")]
      pub one: HashMap<String, Vec<u8>>,
      two: &'a [T; N], // three: u8,
      act: Box<dyn Fn(u8, u8) -> u8>,
    }`;
  assert.deepEqual(structs(rust), [
    { name: 'Unit', fields: 0 },
    { name: 'Pair', fields: 2 },
    { name: 'Named', fields: 3 },
  ]);
  const wide = `struct Wide { ${Array.from({ length: 16 }, (_, field) => `f${field}: u8`).join(', ')} }`;
  assert.deepEqual(wideStructs([{ path: 'a.rs', text: wide }], 15), ['a.rs: Wide has 16 fields']);
  assert.deepEqual(wideStructs([{ path: 'a.rs', text: wide }], 16), []);
});

test('every kind of type definition counts, associated types do not', () => {
  const rust = `
    pub struct A<T>(T); enum B { C, D { e: u8 } } pub(super) trait E: Copy { type Item; fn make() -> Self; }
    impl<T> Iterator for A<T> { type Item = T; fn next(&mut self) -> Option<T> { struct Inner; None } }
    pub type Result<T> = core::result::Result<T, Error>; union U { a: u8 }
    fn of(a: impl Fn(u8)) { type Local = u8; } // struct Comment;
    #[derive(Debug)] enum Last {}`;
  assert.deepEqual(typeNames(rust), ['A', 'B', 'E', 'Inner', 'Result', 'U', 'Local', 'Last']);
});

test('a name with two definitions is found, also within one file', () => {
  const sources = [
    { path: 'a.rs', text: 'struct One; mod tests { struct Two; }' },
    { path: 'b.rs', text: 'enum One {} struct Two; struct Three;' },
    { path: 'c.rs', text: 'struct Four; mod inner { struct Four; }' },
  ];
  assert.deepEqual(sharedTypeNames(sources, new Set()), ['Four: c.rs, c.rs', 'One: a.rs, b.rs', 'Two: a.rs, b.rs']);
  assert.deepEqual(sharedTypeNames(sources, new Set(['Four', 'Two'])), ['One: a.rs, b.rs']);
});

test('imports resolve to the file of the nearest module', () => {
  const graph = imports([
    { path: 'lib.rs', text: 'mod page;\nmod pad;\npub struct Root; fn f(page: page::Page) {}' },
    {
      path: 'page/mod.rs',
      text: 'mod frame;\nmod words;\nuse crate::pad::Pad;\nuse crate::{Root, page::{frame::Frame as Shown, other},};',
    },
    {
      path: 'page/frame.rs',
      text: 'use std::mem; fn f() { crate::pad::draw(); super::super::Root } // use crate::words;',
    },
    { path: 'page/words.rs', text: 'use super::{frame, Page};\nuse frame::Frame;' },
    { path: 'pad.rs', text: 'use web::page::Page;\n#[cfg(test)]\nmod tests { use crate::page::Page; }' },
  ]);
  assert.deepEqual(Object.fromEntries(graph), {
    'lib.rs': ['page/mod.rs'],
    'page/mod.rs': ['pad.rs', 'lib.rs', 'page/frame.rs'],
    'page/frame.rs': ['pad.rs', 'lib.rs'],
    'page/words.rs': ['page/frame.rs', 'page/mod.rs'],
    'pad.rs': [],
  });
});

test('a circle contains the files that reach themselves through others, not files attached to it', () => {
  const graph = new Map([
    ['a', ['b']],
    ['b', ['c']],
    ['c', ['d', 'e']],
    ['d', ['a']],
    ['e', ['f']],
    ['f', ['e']],
    ['g', ['a']],
  ]);
  assert.deepEqual(circles(graph, 3), ['a, b, c, d']);
  assert.deepEqual(circles(graph, 1), ['a, b, c, d', 'e, f']);
  assert.deepEqual(circles(graph, 4), []);
});

test('reading a message by its field names is found, reading another object is not', () => {
  assert.deepEqual(
    handParsed([
      { path: 'a.rs', text: 'let code = Reflect::get(message, &"code".into());' },
      { path: 'b.rs', text: 'js_sys::Reflect::get(&event.data, &"type".into())' },
      { path: 'c.rs', text: 'Reflect::get(&navigator, &"share".into()) // Reflect::get(message, ...)' },
    ]),
    ['a.rs', 'b.rs'],
  );
});

test('a patched prototype is found; reading one or deleting from it is not', () => {
  const lines = [
    'MessagePort.prototype.postMessage = function () {};',
    'Object.defineProperty(BaseAudioContext.prototype, "state", {',
    'Node.prototype[name] = act;',
    'const connect = AudioNode.prototype.connect;',
    'if (a.prototype.b === c) return;',
    "Reflect.deleteProperty(HTMLElement.prototype, 'popover');",
    '// A.prototype.b = c',
    'prototype.decode = own;',
  ];
  assert.deepEqual(patchedPrototypes([{ path: 'a.mjs', text: lines.join('\n') }]), [
    'a.mjs:1',
    'a.mjs:2',
    'a.mjs:3',
    'a.mjs:8',
  ]);
});

test('a :has() without a subject is found', () => {
  const lines = [
    '.a:has(> b) c {',
    ':has(> .menu:popover-open) .app {',
    '.a :has(b) {',
    '.a:not(:has(b)) {',
    'html[data-a="b"]:has(c) {',
    '*:has(b) {',
  ];
  assert.deepEqual(subjectlessHas([{ path: 'a.css', text: lines.join('\n') }]), ['a.css:2', 'a.css:3', 'a.css:6']);
});

test('a panel’s script that decides is found, one that draws is not', () => {
  const text = [
    'let count = 0;',
    'class Panel {',
    '  #elements;',
    '  constructor(place) {',
    '    this.#elements = place;',
    '  }',
    '  show(model) {',
    '    this.#elements.hidden = !model.isOpen; // new MutationObserver',
    '    this.#count += 1;',
    '    const next = this.#count === 1;',
    '    this.#count++;',
    '  }',
    '}',
    'area.dispatchEvent(new CustomEvent("moved"));',
    'setInterval(ask, 100);',
  ].join('\n');
  const found = (/** @type {boolean} */ isScript) => decidingScripts([{ path: 'a.js', text }], () => isScript);
  assert.deepEqual(found(true), ['a.js:14', 'a.js:15', 'a.js:1', 'a.js:9', 'a.js:11']);
  assert.deepEqual(found(false), ['a.js:14', 'a.js:15']);
});
