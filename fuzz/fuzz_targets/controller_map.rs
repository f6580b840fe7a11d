//! A controller map: any text is a controller map or is refused by a sentence.
#![no_main]

use libfuzzer_sys::fuzz_target;
use voice::controller_map::ControllerMap;

fuzz_target!(|text: &str| {
    if let Err(error) = ControllerMap::read(text) {
        assert!(error.to_string().chars().count() < 250, "{error}");
    }
});
