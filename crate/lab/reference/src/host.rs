//! One amSynth in this process: a patch and events in, its samples out.

use std::ffi::{CStr, CString};
use std::path::Path;

use patch::{PARAMETER_COUNT, Patch};
use voice::render::{Event, EventKind};

use crate::ReferenceError;
use crate::dssi::SequencerEvent;
use crate::plugin::{Plugin, directories, find};

const CHANNELS: usize = 2;
const FILE_NAME: &str = "amsynth_dssi.so";

/// A running amSynth.
pub struct Host {
    plugin: Plugin,
}

impl Host {
    /// Loads the plugin and starts an instance whose buffers have at most `longest` frames.
    ///
    /// # Errors
    /// If the plugin is not installed, or is not amSynth 1.13.
    pub fn new(sample_rate_hz: u32, longest: usize) -> Result<Self, ReferenceError> {
        let path = find(FILE_NAME).ok_or_else(|| ReferenceError::NotInstalled(directories()))?;
        let refuse = |reason| ReferenceError::NotAmsynth { path: path.clone(), reason };
        let mut plugin = Plugin::new(&path, sample_rate_hz, longest).map_err(refuse)?;
        let ports = [plugin.channels(), plugin.controls().len()];
        if ports != [CHANNELS, PARAMETER_COUNT] {
            return Err(refuse(format!("{ports:?} ports instead of {:?}", [CHANNELS, PARAMETER_COUNT])));
        }
        let mut host = Self { plugin };
        host.set_patch(&Patch::default());
        Ok(host)
    }

    /// True if the plugin is on this machine.
    pub fn is_installed() -> bool {
        find(FILE_NAME).is_some()
    }

    /// Sets the ports that the next run reads.
    pub fn set_patch(&mut self, patch: &Patch) {
        self.plugin.controls().copy_from_slice(patch.values());
    }

    /// Makes the plugin load a file. The plugin does not report failures.
    ///
    /// # Errors
    /// If the path has a zero byte, or the plugin cannot load files.
    pub fn configure(&mut self, name: &CStr, path: &Path) -> Result<(), ReferenceError> {
        let no_file = || ReferenceError::Configure(path.to_owned());
        let value = CString::new(path.to_string_lossy().as_bytes()).map_err(|_| no_file())?;
        if self.plugin.configure(name, &value) { Ok(()) } else { Err(no_file()) }
    }

    /// Renders a host buffer of `frames` frames. Events have frames relative to it and must be in
    /// order; a [`EventKind::Parameter`] takes effect at the buffer's start, whatever its frame.
    /// The slices are valid until the next call.
    pub fn run(&mut self, events: &[Event], frames: usize) -> [&[f32]; CHANNELS] {
        let controls = self.plugin.controls();
        let mut sequence: Vec<SequencerEvent> = events
            .iter()
            .filter_map(|&Event { frame, kind }| {
                let frame = frame as u32;
                Some(match kind {
                    EventKind::NoteOn { key, velocity } => SequencerEvent::note_on(frame, key, velocity),
                    EventKind::NoteOff { key } => SequencerEvent::note_off(frame, key),
                    EventKind::PitchBend(value) => SequencerEvent::pitch_bend(frame, value),
                    EventKind::ControlChange { controller, value } => {
                        SequencerEvent::control_change(frame, controller, value)
                    }
                    EventKind::Parameter(parameter, value) => {
                        controls[parameter.index()] = value;
                        return None;
                    }
                })
            })
            .collect();
        let mut channels = self.plugin.run(&mut sequence, frames);
        [(); CHANNELS].map(|()| channels.next().unwrap_or_default())
    }
}
