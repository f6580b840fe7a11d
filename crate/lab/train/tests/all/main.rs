//! The promises of trainings and of the files in `models/`, one file each, in one program: each further program would
//! take seconds to compile.

mod banks;
mod common;
mod contours;
mod errors;
mod frames;
mod report;
mod shipped_model;
mod shipped_tones;
mod sound_to_patch;
mod textures;
mod training;
