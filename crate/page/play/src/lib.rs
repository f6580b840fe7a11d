//! The page's decisions, without a browser: the current point, notes, undo, loops, landmarks, links and the
//! session. Pure: values in, values out. Makes no sound, runs no network, draws nothing and reads no clock: the
//! caller provides time and seeds.
//!
//! [`Document`] is everything that undo, the session and links restore; [`History`] undoes and redoes its changes.
#![forbid(unsafe_code)]

pub mod action;
pub mod chance;
pub mod chord;
pub mod compare;
pub mod demo;
pub mod document;
pub mod dot_names;
pub mod editing;
pub mod effect;
pub mod error;
pub mod explorer;
pub mod favourites;
mod field_by_field;
pub mod finder;
pub mod gesture_player;
pub mod graphs;
pub mod held_keys;
pub mod hints;
pub mod history;
pub mod imported_rows;
pub mod imports;
pub mod instruments;
pub mod landmarks;
pub mod library;
pub mod link;
pub mod locks;
pub mod long_job;
mod loop_merge;
pub mod loop_recording;
pub mod loops;
mod merge;
pub mod midi;
mod midi_channels;
pub mod midi_echoes;
pub mod naming;
pub mod notes;
pub mod onboarding;
pub mod order;
pub mod overload;
pub mod page;
pub mod panels;
pub mod played_finger;
pub mod reduce;
mod saved_notes;
mod saved_patch;
pub mod scale;
pub mod session;
mod shared_session;
mod shown_plane;
pub mod similarity;
mod sound_action;
pub mod sound_state;
pub mod sounds;
pub mod state;
pub mod tab_session;
pub mod tempo;
pub mod tone_domain;
pub mod touches;
pub mod velocity;
pub mod viewport;
pub mod visible_range;
pub mod wav;

pub use compare::Comparison;
pub use document::Document;
pub use favourites::Favourites;
pub use finder::{Finder, PresetFilter};
pub use history::History;
pub use imports::Imports;
pub use landmarks::{Landmark, Landmarks};
pub use link::{Link, LinkError};
pub use locks::Locks;
pub use loops::{Direction, Loops, RecordedLoop};
pub use notes::Notes;
pub use path::midi::controllers;
pub use plane::{LATENT_LIMIT, Point};
pub use reduce::reduce;
pub use scale::Scale;
pub use session::{Options, Session};
pub use shared_session::SharedSession;
pub use state::State;
pub use tab_session::TabSession;
