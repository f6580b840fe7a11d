//! Training of the networks that guess a patch from a sound: banks of presets in, `sound_to_patch.onnx` out. The same
//! banks and seed give the same bytes on the same machine.
//!
//! The pipeline: presets → [`sounds`], rendered groups → [`learning`] of one of the [`networks`] → [`graph`], the file
//! → [`held_back`], its figures.

pub mod autoencoder;
pub mod computation;
mod convolutional;
pub mod flow;
pub mod graph;
pub mod held_back;
pub mod input;
pub mod learning;
pub mod networks;
pub mod pairs;
pub mod parameters;
mod perceptron;
pub mod run;
pub mod sounds;

pub use held_back::GuessFigures;
pub use networks::{Model, SHIPPED};
pub use run::{MatchTraining, TrainedModel, train_matching};
