//! The promises of the instrument, one file each, in one program: each further program would
//! take seconds to compile.

mod holding;
mod live;
mod path_sounds;
mod paths;
mod playing;
mod points;
mod source_sum;
mod sources;
mod steady_source;
mod volume_source;
