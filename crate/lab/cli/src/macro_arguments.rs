//! The options of `latent-pad macro`.

use crate::preset_source::PresetSource;
use crate::value_parsers::{png, preset, wav};
use clap::Args;
use macro_control::{MacroAmounts, SoundProperty};
use patch::Parameter;
use std::path::PathBuf;

/// `latent-pad macro`
#[derive(Args)]
pub struct MacroArguments {
    /// A preset file, or FILE.bank#INDEX (counted from 0)
    pub preset: PresetSource,
    /// The amount of each macro-control
    #[command(flatten)]
    pub amounts: AmountArguments,
    /// These parameters keep their values, by amSynth's names, such as filter_cutoff,filter_resonance
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', value_parser = parameter)]
    pub keep: Vec<Parameter>,
    /// Write the changed patch to this preset file
    #[arg(short, long, value_name = "OUT.amSynthPreset", value_parser = preset())]
    pub output: Option<PathBuf>,
    /// Write its sound to this file (32-bit float, stereo)
    #[arg(long, value_name = "OUT.wav", value_parser = wav())]
    pub wav: Option<PathBuf>,
    /// Draw spectrograms, properties and parameters along one macro-control into this file
    #[arg(long, value_name = "OUT.png", value_parser = png())]
    pub plot: Option<PathBuf>,
    /// The macro-control that --plot draws [default: the first one that is moved, or else brightness]
    #[arg(long, value_name = "NAME", requires = "plot", value_parser = property)]
    pub along: Option<SoundProperty>,
    /// Print JSON: the patch, its measured properties, and the range of each macro-control
    #[arg(long)]
    pub json: bool,
}

/// Amounts of −1 (the least) to 1 (the most); a macro-control that is left out stays at 0.
#[derive(Args)]
pub struct AmountArguments {
    /// Dark to bright, -1 to 1
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = amount)]
    brightness: Option<f32>,
    /// Cold to warm
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = amount)]
    warmth: Option<f32>,
    /// Soft to hard
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = amount)]
    hardness: Option<f32>,
    /// Smooth to rough
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = amount)]
    roughness: Option<f32>,
    /// Shallow to deep
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = amount)]
    depth: Option<f32>,
    /// Fast to slow
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = amount)]
    attack: Option<f32>,
    /// Short to long
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = amount)]
    length: Option<f32>,
    /// Still to moving
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = amount)]
    movement: Option<f32>,
}

impl AmountArguments {
    /// The amount of a property, if it is given.
    pub fn get(&self, property: SoundProperty) -> Option<f32> {
        match property {
            SoundProperty::Brightness => self.brightness,
            SoundProperty::Warmth => self.warmth,
            SoundProperty::Hardness => self.hardness,
            SoundProperty::Roughness => self.roughness,
            SoundProperty::Depth => self.depth,
            SoundProperty::Attack => self.attack,
            SoundProperty::Length => self.length,
            SoundProperty::Movement => self.movement,
        }
    }

    /// All amounts.
    pub fn amounts(&self) -> MacroAmounts {
        let mut amounts = MacroAmounts::default();
        SoundProperty::ALL
            .into_iter()
            .for_each(|property| amounts.set(property, self.get(property).unwrap_or(0.0)));
        amounts
    }
}

fn amount(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|amount: &f32| (-1.0..=1.0).contains(amount))
        .ok_or_else(|| "a number from -1 to 1 is expected".to_owned())
}

fn property(name: &str) -> Result<SoundProperty, String> {
    let names = SoundProperty::ALL.map(SoundProperty::name).join(", ");
    SoundProperty::from_name(name).ok_or_else(|| format!("one of {names} is expected"))
}

fn parameter(name: &str) -> Result<Parameter, String> {
    Parameter::from_name(name)
        .ok_or_else(|| "amSynth has no such parameter; `latent-pad show PRESET` lists them".to_owned())
}
