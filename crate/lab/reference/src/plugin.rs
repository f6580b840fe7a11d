//! One instance of a DSSI synthesizer in this process, called as a DSSI host calls it.
//! No other file of the project may call foreign code.

use std::ffi::{CStr, c_ulong, c_void};
use std::path::{Path, PathBuf};

use libloading::Library;

use crate::dssi::{
    DescriptorFunction, DssiDescriptor, LadspaDescriptor, PORT_AUDIO, PORT_OUTPUT, SequencerEvent,
};

/// A running synthesizer. Its parameters are numbers, which each call of [`run`](Self::run) reads first.
pub struct Plugin {
    descriptor: *const DssiDescriptor,
    instance: *mut c_void,
    /// All ports but the sounding ones, in their order; boxed, because the plugin keeps pointers to them.
    controls: Box<[f32]>,
    /// One buffer for each sounding port.
    outputs: Vec<Box<[f32]>>,
    longest: usize,
    /// Last field, so that the code is unloaded after everything that uses it is dropped.
    _library: Library,
}

/// A program of a synthesizer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    bank: c_ulong,
    number: c_ulong,
    /// The synthesizer's name for it.
    pub name: String,
}

/// Folders of DSSI plugins: `DSSI_PATH` as for every DSSI host, else the default folders.
pub fn directories() -> Vec<PathBuf> {
    match std::env::var_os("DSSI_PATH") {
        Some(paths) => std::env::split_paths(&paths).collect(),
        None => ["/usr/lib/dssi", "/usr/local/lib/dssi"].map(PathBuf::from).to_vec(),
    }
}

/// The path of the plugin with a file name.
pub fn find(file_name: &str) -> Option<PathBuf> {
    directories().iter().map(|directory| directory.join(file_name)).find(|path| path.exists())
}

impl Plugin {
    /// Loads a plugin and starts an instance whose buffers have at most `longest` frames.
    ///
    /// # Errors
    /// The missing part, if the file is not such a plugin.
    pub fn new(path: &Path, sample_rate_hz: u32, longest: usize) -> Result<Self, String> {
        // SAFETY: loading runs the initialisers of Debian's plugin, which only set its statics up.
        let library = unsafe { Library::new(path) }.map_err(|error| error.to_string())?;
        // SAFETY: DSSI defines this symbol to be a function of this type.
        let function = unsafe { library.get::<DescriptorFunction>(b"dssi_descriptor\0") }
            .map_err(|error| error.to_string())?;
        // SAFETY: any index may be asked for; 0 is the first plugin, null means that there is no plugin.
        let descriptor = unsafe { function(0) };
        // SAFETY: a pointer that is not null is a valid descriptor, which lives as long as the library.
        let dssi = unsafe { descriptor.as_ref() }.ok_or("no plugin in it")?;
        // SAFETY: as above; DSSI demands that it points to a LADSPA descriptor.
        let ladspa = unsafe { dssi.ladspa.as_ref() }.ok_or("no LADSPA part")?;
        if dssi.run_synth.is_none() {
            return Err("no run_synth".to_owned());
        }
        let (Some(instantiate), Some(connect)) =
            (ladspa.functions.instantiate, ladspa.functions.connect_port)
        else {
            return Err("no instantiate or connect_port".to_owned());
        };
        let ports = ladspa.ports.count as usize;
        if ports == 0 || ladspa.ports.descriptors.is_null() || ladspa.ports.range_hints.is_null() {
            return Err("no ports".to_owned());
        }
        // SAFETY: not null; LADSPA demands one entry for each port in both arrays.
        let (kinds, hints) = unsafe {
            (
                std::slice::from_raw_parts(ladspa.ports.descriptors, ports),
                std::slice::from_raw_parts(ladspa.ports.range_hints, ports),
            )
        };
        if kinds.iter().any(|kind| kind & PORT_AUDIO != 0 && kind & PORT_OUTPUT == 0) {
            return Err("it has an audio input".to_owned());
        }
        // SAFETY: called with its own descriptor, as LADSPA demands.
        let instance = unsafe { instantiate(ladspa, c_ulong::from(sample_rate_hz)) };
        if instance.is_null() {
            return Err("no instance".to_owned());
        }
        let sounds = |port: usize| kinds[port] & PORT_AUDIO != 0;
        let controls = (0..ports).filter(|&port| !sounds(port)).map(|port| hints[port].default_value());
        let outputs = (0..ports).filter(|&port| sounds(port));
        let mut plugin = Self {
            descriptor,
            instance,
            controls: controls.collect(),
            outputs: outputs.map(|_| vec![0.0; longest].into_boxed_slice()).collect(),
            longest,
            _library: library,
        };
        let mut controls = plugin.controls.iter_mut().map(std::ptr::from_mut);
        let mut outputs = plugin.outputs.iter_mut().map(|output| output.as_mut_ptr());
        for port in 0..ports {
            let location = if sounds(port) { outputs.next() } else { controls.next() };
            let Some(location) = location else { break };
            // SAFETY: the port exists, and the location lives as long as the instance.
            unsafe { connect(instance, port as c_ulong, location) };
        }
        if let Some(activate) = plugin.ladspa().functions.activate {
            // SAFETY: called once, before the first run.
            unsafe { activate(instance) };
        }
        Ok(plugin)
    }

    fn dssi(&self) -> &DssiDescriptor {
        // SAFETY: checked in `new`; the library is held as long as `self`.
        unsafe { &*self.descriptor }
    }

    fn ladspa(&self) -> &LadspaDescriptor {
        // SAFETY: checked in `new`; the library is held as long as `self`.
        unsafe { &*self.dssi().ladspa }
    }

    /// The numbers that the next run reads, one for each port that does not sound.
    pub fn controls(&mut self) -> &mut [f32] {
        &mut self.controls
    }

    /// The number of its channels.
    pub fn channels(&self) -> usize {
        self.outputs.len()
    }

    /// Passes it a setting, such as a file to load. It need not report failures; false if it takes no settings at all.
    pub fn configure(&mut self, name: &CStr, value: &CStr) -> bool {
        let Some(configure) = self.dssi().configure else { return false };
        // SAFETY: the instance is alive, and both strings outlive the call. Debian's plugins answer null, as
        // DSSI demands where there is no message; a message would be leaked.
        unsafe { configure(self.instance, name.as_ptr(), value.as_ptr()) };
        true
    }

    /// Its programs, in its order.
    pub fn programs(&self) -> Vec<Program> {
        let Some(get_program) = self.dssi().get_program else { return Vec::new() };
        let program = |index| {
            // SAFETY: any index may be asked for; null means that there are no more, and otherwise the answer is
            // valid until the next call.
            let program = unsafe { get_program(self.instance, index).as_ref() }?;
            // SAFETY: DSSI demands a string, valid as long as the program.
            let name = unsafe { CStr::from_ptr(program.name) }.to_string_lossy().trim().to_owned();
            Some(Program { bank: program.bank, number: program.number, name })
        };
        (0..).map_while(program).collect()
    }

    /// Chooses a program: the synthesizer writes the program's values into the controls.
    pub fn select(&mut self, program: &Program) {
        if let Some(select) = self.dssi().select_program {
            // SAFETY: the instance is alive and does not run; all ports are connected.
            unsafe { select(self.instance, program.bank, program.number) };
        }
    }

    /// Renders a host buffer of `frames` frames. Events have frames relative to it and must be in order. The slices,
    /// one for each channel, are valid until the next call.
    pub fn run(&mut self, events: &mut [SequencerEvent], frames: usize) -> impl Iterator<Item = &[f32]> {
        let frames = frames.min(self.longest);
        if let Some(run) = self.dssi().run_synth {
            // SAFETY: all ports are connected, outputs hold `frames`, and the events are a valid array.
            unsafe {
                run(self.instance, frames as c_ulong, events.as_mut_ptr(), events.len() as c_ulong);
            }
        }
        self.outputs.iter().map(move |output| &output[..frames])
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        let (deactivate, cleanup) = (self.ladspa().functions.deactivate, self.ladspa().functions.cleanup);
        // SAFETY: the instance is alive, and no code uses it after this.
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
