//! `panel_types`: prints the TypeScript types of what crosses the border between crate `play` and the scripts of the
//! panels: models, actions, tasks and answers. The build writes them beside the page's program, where the type checker
//! finds them; nothing of them ships.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

/// The declarations by the names of their types.
struct Declarations {
    config: Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let name = T::name(&self.config);
        // Types of the language itself have no file of their own, and no declaration.
        let is_ours = T::output_path().is_some();
        if is_ours && self.found.contains_key(&name) {
            return;
        }
        if is_ours {
            let declaration = format!("{}export {}\n", documentation::<T>(), T::decl(&self.config));
            self.found.insert(name, declaration);
        }
        T::visit_dependencies(self);
    }
}

fn documentation<T: TS + ?Sized>() -> String {
    T::docs().map(|docs| format!("{}\n", docs.trim_end())).unwrap_or_default()
}

fn main() {
    let config = Config::new().with_large_int("number").with_array_tuple_limit(0);
    let mut declarations = Declarations { config, found: BTreeMap::new() };
    play::panels::visit_types(&mut declarations);
    // The sound of a loop, which crosses for a file of it.
    declarations.visit::<play::loop_files::LoopRound>();
    println!("// Made by crate/build/panel_types from crate/page/play/src/panels/. Change them there.\n");
    for declaration in declarations.found.values() {
        println!("{declaration}");
    }
}
