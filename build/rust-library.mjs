// The crates of Rust's library for WebAssembly with their authors. The authors are kept by hand, because the toolchain
// has them only in prose, its COPYRIGHT-library.html (Rust 1.95). Must never let a crate pass that no list here names.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/** The parts of Rust's library and the crates in it that the modules contain, and their authors. */
export const LIBRARY = [
  { name: 'Rust’s standard library', home: 'https://www.rust-lang.org', authors: ['The Rust Project Developers'] },
  { name: 'dlmalloc', home: 'https://crates.io/crates/dlmalloc', authors: ['Alex Crichton'] },
  { name: 'hashbrown', home: 'https://crates.io/crates/hashbrown', authors: ["Amanieu d'Antras"] },
  { name: 'rustc-demangle', home: 'https://crates.io/crates/rustc-demangle', authors: ['Alex Crichton'] },
];

/** The parts of the standard library itself, which have its authors. */
const OWN_PARTS =
  /^(alloc|compiler-builtins|core|panic-(abort|unwind)|proc-macro|rustc-literal-escaper|rustc-std-workspace-\w+|std|std-detect|sysroot|test|unwind)$/;
/**
 * Crates for backtraces, for tests and for other systems, of which nothing ships: licences.mjs fails when a module
 * names one.
 */
const ABSENT = ['addr2line', 'adler2', 'cfg-if', 'getopts', 'gimli', 'libc', 'memchr', 'miniz-oxide', 'object'];

/** The files of the toolchain's library for a target. @param {string} target */
export const libraryFiles = target =>
  readdirSync(execFileSync('rustc', ['--print', 'target-libdir', '--target', target], { encoding: 'utf8' }).trim());

/**
 * Fails at a crate of the library that no list above names.
 * @param {string[]} files such as libhashbrown-5cc6efd8e09753ad.rlib
 */
export function checkLibrary(files) {
  const names = new Set(files.flatMap(file => /^lib(.+)-[0-9a-f]+\.rlib$/.exec(file)?.[1].replaceAll('_', '-') ?? []));
  if (!names.has('std'))
    throw new Error('Rust’s library for WebAssembly is missing: run `rustup target add wasm32-unknown-unknown`');
  const unnamed = [...names].filter(
    name => !OWN_PARTS.test(name) && !ABSENT.includes(name) && !LIBRARY.some(one => one.name === name),
  );
  if (unnamed.length > 0)
    throw new Error(
      `Rust’s library now contains ${unnamed.join(', ')}: add them with their authors, or as absent, to build/rust-library.mjs`,
    );
}
