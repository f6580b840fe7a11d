//! Texts of the element in somebody else's page. (Labels stand in www/element/shadow.js.)

/// The button that plays, or ends what sounds.
pub const fn play(sounding: bool) -> &'static str {
    if sounding { "Stop" } else { "Play" }
}

/// A name that `patch` was given and that is none of amSynth's.
pub fn no_parameter(name: &str) -> String {
    format!("“{name}” is no parameter of amSynth: please use the names that patchchange tells.")
}

/// A value that `patch` was given and that is no number.
pub fn no_number(name: &str) -> String {
    format!("The value of {name} is no number: please give each parameter a number.")
}
