//! A rendering job and its text format, in which a process receives it. Floats are written as bits, so
//! that they are never rounded.

use std::borrow::Cow;
use std::ffi::CStr;
use std::path::{Path, PathBuf};

use patch::{PARAMETER_COUNT, Parameter, Patch};
use voice::render::{Event, EventKind};

use crate::{Host, ReferenceError};

/// Files that amSynth loads before it plays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetUp {
    /// A Scala scale (`.scl`).
    pub scale: Option<PathBuf>,
    /// A Scala keyboard map (`.kbm`).
    pub keyboard_map: Option<PathBuf>,
    /// The folder in which amSynth reads and writes `amsynth/controllers`. Effective only in a process of
    /// its own.
    pub configuration: Option<PathBuf>,
}

/// Everything that determines a rendering.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The sound.
    pub patch: Patch,
    /// Events in the order of their frames.
    pub events: Vec<Event>,
    /// Frames per second.
    pub sample_rate_hz: u32,
    /// Frames per call of the plugin.
    pub host_block: usize,
    /// Frames to render.
    pub frames: usize,
    /// Files to load before it plays.
    pub set_up: SetUp,
}

impl Job {
    /// Renders in this process. Only the first rendering of a process starts with amSynth's noise seed.
    ///
    /// # Errors
    /// If the plugin is not installed, or is not amSynth 1.13.
    pub fn run(&self) -> Result<[Vec<f32>; 2], ReferenceError> {
        let host_block = self.host_block.max(1);
        let mut host = Host::new(self.sample_rate_hz, host_block)?;
        host.set_patch(&self.patch);
        for (name, path) in self.set_up.files() {
            host.configure(name, path)?;
        }
        let [mut left, mut right] = [const { Vec::new() }; 2];
        let mut events = self.events.as_slice();
        let mut start = 0;
        while start < self.frames {
            let frames = host_block.min(self.frames - start);
            let split = events.partition_point(|event| event.frame < start + frames);
            let (now, later) = events.split_at(split);
            let now: Vec<Event> = now
                .iter()
                .map(|event| Event { frame: event.frame.saturating_sub(start), ..*event })
                .collect();
            let [left_block, right_block] = host.run(&now, frames);
            left.extend_from_slice(left_block);
            right.extend_from_slice(right_block);
            events = later;
            start += frames;
        }
        Ok([left, right])
    }

    /// Formats the job as text, one fact per line.
    pub fn write(&self) -> String {
        let mut text = format!("{} {} {}\n", self.sample_rate_hz, self.host_block, self.frames);
        for path in [&self.set_up.scale, &self.set_up.keyboard_map] {
            let path = path.as_deref().map_or(Cow::Borrowed(""), Path::to_string_lossy);
            text.push_str(&format!("{path}\n"));
        }
        for value in self.patch.values() {
            text.push_str(&format!("{}\n", value.to_bits()));
        }
        for Event { frame, kind } in &self.events {
            text.push_str(&match kind {
                EventKind::NoteOn { key, velocity } => format!("on {frame} {key} {velocity}\n"),
                EventKind::NoteOff { key } => format!("off {frame} {key} 0\n"),
                EventKind::PitchBend(value) => format!("bend {frame} {value} 0\n"),
                EventKind::ControlChange { controller, value } => {
                    format!("control {frame} {controller} {value}\n")
                }
                EventKind::Parameter(parameter, value) => {
                    format!("set {frame} {} {}\n", parameter.index(), value.to_bits())
                }
            });
        }
        text
    }

    /// Parses the text of a job.
    ///
    /// # Errors
    /// If a line differs from the format of [`write`](Self::write).
    pub fn read(text: &str) -> Result<Self, ReferenceError> {
        let lines: Vec<&str> = text.lines().collect();
        let head = numbers::<3>(&lines, 0, 0, "sample rate, host block, frames")?;
        let path = |line: usize| lines.get(line).filter(|path| !path.is_empty()).map(PathBuf::from);
        let set_up = SetUp { scale: path(1), keyboard_map: path(2), configuration: None };
        let mut values = [0.0; PARAMETER_COUNT];
        for (index, value) in values.iter_mut().enumerate() {
            let [bits] = numbers::<1>(&lines, HEAD + index, 0, "the bits of a stored value")?;
            *value = f32::from_bits(bits as u32);
        }
        let events = (HEAD + PARAMETER_COUNT..lines.len())
            .map(|line| event(&lines, line))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            patch: Patch::from_values(&values),
            events,
            sample_rate_hz: head[0] as u32,
            host_block: head[1] as usize,
            frames: head[2] as usize,
            set_up,
        })
    }
}

/// Lines before the patch: numbers, scale, keyboard map.
const HEAD: usize = 3;

impl SetUp {
    /// The files with their keys for amSynth's `configure`, the scale first.
    fn files(&self) -> impl Iterator<Item = (&'static CStr, &Path)> {
        let scale = self.scale.as_deref().map(|path| (c"tuning_scl_file", path));
        scale.into_iter().chain(self.keyboard_map.as_deref().map(|path| (c"tuning_kbm_file", path)))
    }
}

fn event(lines: &[&str], line: usize) -> Result<Event, ReferenceError> {
    const EXPECTED: &str = "on, off, bend, control or set with three numbers";
    let [frame, first, second] = numbers::<3>(lines, line, 1, EXPECTED)?;
    let word = lines[line].split_whitespace().next().unwrap_or_default();
    let kind = match (word, Parameter::from_index(first.max(0) as usize)) {
        ("on", _) => EventKind::NoteOn { key: first as u8, velocity: second as u8 },
        ("off", _) => EventKind::NoteOff { key: first as u8 },
        ("bend", _) => EventKind::PitchBend(first as i16),
        ("control", _) => EventKind::ControlChange { controller: first as u8, value: second as u8 },
        ("set", Some(parameter)) => EventKind::Parameter(parameter, f32::from_bits(second as u32)),
        _ => {
            return Err(ReferenceError::Job {
                line: line + 1,
                found: lines[line].into(),
                expected: EXPECTED,
            });
        }
    };
    Ok(Event { frame: frame as usize, kind })
}

/// The `N` numbers of a line, after `skip` words.
fn numbers<const N: usize>(
    lines: &[&str],
    line: usize,
    skip: usize,
    expected: &'static str,
) -> Result<[i64; N], ReferenceError> {
    let text = lines.get(line).copied().unwrap_or_default();
    let parsed: Option<Vec<i64>> = text.split_whitespace().skip(skip).map(|word| word.parse().ok()).collect();
    parsed.and_then(|parsed| parsed.try_into().ok()).ok_or_else(|| ReferenceError::Job {
        line: line + 1,
        found: text.to_owned(),
        expected,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_read_back_from_its_text() {
        let mut patch = Patch::default();
        patch.set(Parameter::FilterCutoff, 0.1);
        let event = |frame, kind| Event { frame, kind };
        let job = Job {
            patch,
            events: vec![
                event(0, EventKind::NoteOn { key: 60, velocity: 100 }),
                event(64, EventKind::PitchBend(-8192)),
                event(65, EventKind::ControlChange { controller: 64, value: 127 }),
                event(66, EventKind::Parameter(Parameter::FilterEnvAmount, -0.3)),
                event(67, EventKind::NoteOff { key: 60 }),
            ],
            sample_rate_hz: 48_000,
            host_block: 37,
            frames: 1000,
            set_up: SetUp {
                scale: Some("a folder/scale.scl".into()),
                keyboard_map: None,
                configuration: None,
            },
        };
        assert_eq!(Job::read(&job.write()).unwrap(), job);
    }

    #[test]
    fn the_error_of_a_wrong_job_names_the_line() {
        let error = Job::read("44100 64 100\n\n\n1\nx\n").unwrap_err().to_string();
        assert!(error.starts_with("line 5 ") && error.contains("\"x\""), "{error}");
    }
}
