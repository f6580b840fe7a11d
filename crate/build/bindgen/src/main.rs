//! `bindgen INPUT.wasm OUT_DIR NAME`: writes `NAME.js` and `NAME_bg.wasm`, an ES module for the browser.
//!
//! Replaces the `wasm-bindgen` command, so that Cargo.lock alone determines the version. Must never
//! change what the library writes: build.sh optimises it.

#![forbid(unsafe_code)]

use std::{path::PathBuf, process::ExitCode};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [input, out_dir, name] = arguments.as_slice() else {
        eprintln!("usage: bindgen INPUT.wasm OUT_DIR NAME");
        return ExitCode::from(2);
    };
    if !input.is_file() {
        eprintln!("bindgen: {} does not exist; build the wasm crate first", input.display());
        return ExitCode::FAILURE;
    }
    let written = Bindgen::new()
        .input_path(input)
        .out_name(&name.to_string_lossy())
        .typescript(true)
        // The module finds its own wasm file, as with the command's default.
        .omit_default_module_path(false)
        .web(true)
        .and_then(|bindgen| bindgen.generate(out_dir));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bindgen: {} could not be turned into an ES module: {error:#}", input.display());
            ExitCode::FAILURE
        }
    }
}
