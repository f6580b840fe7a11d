//! One instance of amSynth's plugin in this process, called as a DSSI host calls it.
//! No other file of the project may call foreign code.

use std::ffi::{CStr, CString, c_ulong, c_void};
use std::path::{Path, PathBuf};

use libloading::Library;
use patch::{PARAMETER_COUNT, Parameter, Patch};
use voice::render::{Event, EventKind};

use crate::ReferenceError;
use crate::dssi::{DescriptorFunction, DssiDescriptor, LadspaDescriptor, SequencerEvent};

/// Ports before the parameters: the two outputs.
const OUTPUTS: usize = 2;
const FILE_NAME: &str = "amsynth_dssi.so";

/// A running amSynth. Its parameters are ports, which each call of [`run`](Self::run) reads first.
pub struct Host {
    descriptor: *const DssiDescriptor,
    instance: *mut c_void,
    /// Boxed, because the plugin keeps pointers to them.
    ports: Box<[f32; PARAMETER_COUNT]>,
    outputs: [Box<[f32]>; OUTPUTS],
    /// Last field, so that the code is unloaded after everything that uses it is dropped.
    _library: Library,
}

/// Folders of DSSI plugins: `DSSI_PATH` as for every DSSI host, else the default folders.
fn directories() -> Vec<PathBuf> {
    match std::env::var_os("DSSI_PATH") {
        Some(paths) => std::env::split_paths(&paths).collect(),
        None => ["/usr/lib/dssi", "/usr/local/lib/dssi"].map(PathBuf::from).to_vec(),
    }
}

impl Host {
    /// Loads the plugin and starts an instance whose buffers have at most `longest` frames.
    ///
    /// # Errors
    /// If the plugin is not installed, or is not amSynth 1.13.
    pub fn new(sample_rate_hz: u32, longest: usize) -> Result<Self, ReferenceError> {
        let directories = directories();
        let path = directories
            .iter()
            .map(|directory| directory.join(FILE_NAME))
            .find(|path| path.exists())
            .ok_or(ReferenceError::NotInstalled(directories))?;
        let refuse = |reason: &str| ReferenceError::NotAmsynth { path: path.clone(), reason: reason.into() };
        // SAFETY: loading runs the initialisers of Debian's plugin, which only set its statics up.
        let library = unsafe { Library::new(&path) }.map_err(|error| refuse(&error.to_string()))?;
        // SAFETY: DSSI defines this symbol to be a function of this type.
        let function = unsafe { library.get::<DescriptorFunction>(b"dssi_descriptor\0") }
            .map_err(|error| refuse(&error.to_string()))?;
        // SAFETY: any index may be asked for; 0 is the first plugin, null means none.
        let descriptor = unsafe { function(0) };
        // SAFETY: not null is a valid descriptor, which lives as long as the library.
        let dssi = unsafe { descriptor.as_ref() }.ok_or_else(|| refuse("no plugin in it"))?;
        // SAFETY: as above; DSSI demands that it points to a LADSPA descriptor.
        let ladspa = unsafe { dssi.ladspa.as_ref() }.ok_or_else(|| refuse("no LADSPA part"))?;
        let ports = ladspa.ports.count as usize;
        if ports != OUTPUTS + PARAMETER_COUNT {
            return Err(refuse(&format!("{ports} ports instead of {}", OUTPUTS + PARAMETER_COUNT)));
        }
        if dssi.run_synth.is_none() {
            return Err(refuse("no run_synth"));
        }
        let (Some(instantiate), Some(connect)) =
            (ladspa.functions.instantiate, ladspa.functions.connect_port)
        else {
            return Err(refuse("no instantiate or connect_port"));
        };
        // SAFETY: called with its own descriptor, as LADSPA demands.
        let instance = unsafe { instantiate(ladspa, c_ulong::from(sample_rate_hz)) };
        if instance.is_null() {
            return Err(refuse("no instance"));
        }
        let defaults = Parameter::ALL.map(|parameter| Patch::default().get(parameter));
        let mut host = Self {
            descriptor,
            instance,
            ports: Box::new(defaults),
            outputs: [(); OUTPUTS].map(|()| vec![0.0; longest].into_boxed_slice()),
            _library: library,
        };
        let outputs = host.outputs.iter_mut().map(|output| output.as_mut_ptr());
        let ports = host.ports.iter_mut().map(std::ptr::from_mut);
        for (port, location) in outputs.chain(ports).enumerate() {
            // SAFETY: the port exists (checked above), and the location lives as long as the instance.
            unsafe { connect(instance, port as c_ulong, location) };
        }
        if let Some(activate) = host.ladspa().functions.activate {
            // SAFETY: called once, before the first run.
            unsafe { activate(instance) };
        }
        Ok(host)
    }

    /// Whether the plugin is on this machine.
    pub fn is_installed() -> bool {
        directories().iter().any(|directory| Path::new(directory).join(FILE_NAME).exists())
    }

    fn dssi(&self) -> &DssiDescriptor {
        // SAFETY: checked in `new`; the library is held as long as `self`.
        unsafe { &*self.descriptor }
    }

    fn ladspa(&self) -> &LadspaDescriptor {
        // SAFETY: checked in `new`; the library is held as long as `self`.
        unsafe { &*self.dssi().ladspa }
    }

    /// Sets the ports that the next run reads.
    pub fn set_patch(&mut self, patch: &Patch) {
        *self.ports = *patch.values();
    }

    /// Makes the plugin load a file. The plugin does not report failures.
    ///
    /// # Errors
    /// If the path has a zero byte, or the plugin cannot load files.
    pub fn configure(&mut self, name: &CStr, path: &Path) -> Result<(), ReferenceError> {
        let no_file = || ReferenceError::Configure(path.to_owned());
        let value = CString::new(path.to_string_lossy().as_bytes()).map_err(|_| no_file())?;
        let configure = self.dssi().configure.ok_or_else(no_file)?;
        // SAFETY: the instance is alive, and both strings outlive the call. amSynth answers null, as
        // DSSI demands where there is no message; a message would be leaked.
        unsafe { configure(self.instance, name.as_ptr(), value.as_ptr()) };
        Ok(())
    }

    /// Renders a host buffer of `frames` frames. Events have frames relative to it and must be in
    /// order; a [`EventKind::Parameter`] takes effect at the buffer's start, whatever its frame.
    /// The slices are valid until the next call.
    pub fn run(&mut self, events: &[Event], frames: usize) -> [&[f32]; OUTPUTS] {
        let frames = frames.min(self.outputs[0].len());
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
                        self.ports[parameter.index()] = value;
                        return None;
                    }
                })
            })
            .collect();
        if let Some(run) = self.dssi().run_synth {
            // SAFETY: all ports are connected, outputs hold `frames`, and the events are a valid array.
            unsafe {
                run(self.instance, frames as c_ulong, sequence.as_mut_ptr(), sequence.len() as c_ulong);
            }
        }
        [&self.outputs[0][..frames], &self.outputs[1][..frames]]
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let (deactivate, cleanup) = (self.ladspa().functions.deactivate, self.ladspa().functions.cleanup);
        // SAFETY: the instance is alive, and nobody uses it after this.
        unsafe {
            if let Some(deactivate) = deactivate {
                deactivate(self.instance);
            }
            if let Some(cleanup) = cleanup {
                cleanup(self.instance);
            }
        }
    }
}
