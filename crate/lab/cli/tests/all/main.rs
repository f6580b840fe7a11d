//! The promises of the command, one file each, in one program: each further program would
//! take seconds to compile.

mod calls;
mod dataset;
mod evaluation;
mod files;
mod first_line;
mod hints;
mod interpolation;
mod macro_control;
mod markdown_help;
mod match_sound;
mod options;
mod outputs;
mod paths;
mod regions;
mod sketch;
mod timbre;
mod timbre_domains;
mod timbre_lengths;
mod timbre_notes;
mod tuning;
mod wav;
