//! The binary interface of LADSPA 1.1 and DSSI 1.0, as far as a host of synthesizers needs it. Has only layouts, never
//! calls; fields that are not read keep the others at their offsets.

use std::ffi::{c_char, c_int, c_uchar, c_uint, c_ulong, c_void};

/// A plugin instance.
pub type Handle = *mut c_void;

/// `LADSPA_Descriptor`. Its groups are structs of their own; as each begins and ends at a pointer's
/// alignment, the layout is that of the flat C struct (checked below).
#[repr(C)]
pub struct LadspaDescriptor {
    pub identity: LadspaIdentity,
    pub ports: LadspaPorts,
    pub implementation_data: *mut c_void,
    pub functions: LadspaFunctions,
}

/// The first fields of `LADSPA_Descriptor`, which identify the plugin.
#[repr(C)]
pub struct LadspaIdentity {
    pub unique_id: c_ulong,
    pub label: *const c_char,
    pub properties: c_int,
    pub name: *const c_char,
    pub maker: *const c_char,
    pub copyright: *const c_char,
}

/// The fields of `LADSPA_Descriptor` that describe its ports.
#[repr(C)]
pub struct LadspaPorts {
    pub count: c_ulong,
    pub descriptors: *const c_int,
    pub names: *const *const c_char,
    pub range_hints: *const RangeHint,
}

/// `LADSPA_PortRangeHint`: bits that say what the bounds are and where the default is.
#[repr(C)]
pub struct RangeHint {
    pub kind: c_int,
    pub lower: f32,
    pub upper: f32,
}

/// The functions of `LADSPA_Descriptor`.
#[repr(C)]
pub struct LadspaFunctions {
    pub instantiate: Option<unsafe extern "C" fn(*const LadspaDescriptor, c_ulong) -> Handle>,
    pub connect_port: Option<unsafe extern "C" fn(Handle, c_ulong, *mut f32)>,
    pub activate: Option<unsafe extern "C" fn(Handle)>,
    pub run: Option<unsafe extern "C" fn(Handle, c_ulong)>,
    pub run_adding: Option<unsafe extern "C" fn(Handle, c_ulong)>,
    pub set_run_adding_gain: Option<unsafe extern "C" fn(Handle, f32)>,
    pub deactivate: Option<unsafe extern "C" fn(Handle)>,
    pub cleanup: Option<unsafe extern "C" fn(Handle)>,
}

/// The first fields of `DSSI_Descriptor`.
#[repr(C)]
pub struct DssiDescriptor {
    pub api_version: c_int,
    pub ladspa: *const LadspaDescriptor,
    pub configure: Option<unsafe extern "C" fn(Handle, *const c_char, *const c_char) -> *mut c_char>,
    pub get_program: Option<unsafe extern "C" fn(Handle, c_ulong) -> *const ProgramDescriptor>,
    pub select_program: Option<unsafe extern "C" fn(Handle, c_ulong, c_ulong)>,
    pub get_midi_controller: Option<unsafe extern "C" fn(Handle, c_ulong) -> c_int>,
    pub run_synth: Option<unsafe extern "C" fn(Handle, c_ulong, *mut SequencerEvent, c_ulong)>,
}

/// `DSSI_Program_Descriptor`.
#[repr(C)]
pub struct ProgramDescriptor {
    pub bank: c_ulong,
    pub number: c_ulong,
    pub name: *const c_char,
}

/// The type of `dssi_descriptor`, which every DSSI plugin exports.
pub type DescriptorFunction = unsafe extern "C" fn(c_ulong) -> *const DssiDescriptor;

/// ALSA's `snd_seq_event_t` with its time in frames.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct SequencerEvent {
    pub kind: c_uchar,
    pub flags: c_uchar,
    pub tag: c_uchar,
    pub queue: c_uchar,
    pub frame: c_uint,
    pub time_rest: c_uint,
    pub source: [c_uchar; 2],
    pub destination: [c_uchar; 2],
    /// Notes: channel, key, velocity, … Controllers: channel, three unused bytes, number, value.
    pub data: [c_uchar; 12],
}

/// Bit of a port's descriptor: an output.
pub const PORT_OUTPUT: c_int = 2;
/// Bit of a port's descriptor: a buffer of samples, not one number.
pub const PORT_AUDIO: c_int = 8;

impl RangeHint {
    /// The port's default, as the bits of `ladspa.h` say; 0 without one.
    pub fn default_value(&self) -> f32 {
        const DEFAULT_BITS: c_int = 0x3C0;
        const LOGARITHMIC: c_int = 0x10;
        let between = |share: f32| {
            if self.kind & LOGARITHMIC == 0 {
                self.lower + share * (self.upper - self.lower)
            } else {
                self.lower * (self.upper / self.lower).powf(share)
            }
        };
        match self.kind & DEFAULT_BITS {
            0x040 => self.lower,
            0x080 => between(0.25),
            0x0C0 => between(0.5),
            0x100 => between(0.75),
            0x140 => self.upper,
            0x240 => 1.0,
            0x280 => 100.0,
            0x2C0 => 440.0,
            _ => 0.0,
        }
    }
}

const NOTE_ON: c_uchar = 6;
const NOTE_OFF: c_uchar = 7;
const CONTROLLER: c_uchar = 10;
const PITCH_BEND: c_uchar = 13;

impl SequencerEvent {
    fn note(kind: c_uchar, frame: u32, key: u8, velocity: u8) -> Self {
        let mut data = [0; 12];
        (data[1], data[2]) = (key, velocity);
        Self { kind, frame, data, ..Self::default() }
    }

    fn control(kind: c_uchar, frame: u32, number: u32, value: i32) -> Self {
        let mut data = [0; 12];
        data[4..8].copy_from_slice(&number.to_ne_bytes());
        data[8..12].copy_from_slice(&value.to_ne_bytes());
        Self { kind, frame, data, ..Self::default() }
    }

    /// Note on at a frame of the buffer.
    pub fn note_on(frame: u32, key: u8, velocity: u8) -> Self {
        Self::note(NOTE_ON, frame, key, velocity)
    }

    /// Note off.
    pub fn note_off(frame: u32, key: u8) -> Self {
        Self::note(NOTE_OFF, frame, key, 0)
    }

    /// Control change.
    pub fn control_change(frame: u32, controller: u8, value: u8) -> Self {
        Self::control(CONTROLLER, frame, controller.into(), value.into())
    }

    /// Pitch bend.
    pub fn pitch_bend(frame: u32, value: i16) -> Self {
        Self::control(PITCH_BEND, frame, 0, value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::mem::{offset_of, size_of};

    #[test]
    fn defaults_are_read_from_their_bits() {
        let default = |kind| RangeHint { kind, lower: 1.0, upper: 16.0 }.default_value();
        assert_eq!([0, 0x40, 0x80, 0x140, 0x200, 0x2C0].map(default), [0.0, 1.0, 4.75, 16.0, 0.0, 440.0]);
        assert!((default(0xD0) - 4.0).abs() < 1e-6);
    }

    #[test]
    fn the_descriptor_has_the_layout_of_the_c_struct() {
        // 19 fields, each in a slot of a pointer's size on every system with DSSI (64-bit Linux).
        let slot = size_of::<Handle>();
        assert_eq!(size_of::<LadspaDescriptor>(), 19 * slot);
        assert_eq!(offset_of!(LadspaDescriptor, identity.copyright), 5 * slot);
        assert_eq!(offset_of!(LadspaDescriptor, ports.count), 6 * slot);
        assert_eq!(offset_of!(LadspaDescriptor, implementation_data), 10 * slot);
        assert_eq!(offset_of!(LadspaDescriptor, functions.instantiate), 11 * slot);
        assert_eq!(offset_of!(LadspaDescriptor, functions.cleanup), 18 * slot);
    }
}
