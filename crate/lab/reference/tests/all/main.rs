//! The comparisons with Debian's amSynth, one file each, in one program: each further program would
//! take seconds to compile.

mod midi;
mod null;
mod path_automation;
mod path_controllers;
mod set_up;
