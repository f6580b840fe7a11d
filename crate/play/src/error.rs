//! Everything that can go wrong on the page. What a person reads about it stands in `strings`.

/// One failure.
#[derive(Clone, Debug, PartialEq)]
pub enum AppError {
    /// index.html lacks an element that the program needs: the files are of different versions.
    ElementMissing(&'static str),
    /// The browser gives no 2-D drawing context.
    NoCanvas,
    /// The server answered, but not with this file.
    FileMissing {
        /// its address relative to the page
        path: &'static str,
        /// the HTTP status
        status: u16,
    },
    /// The server could not be reached, or the transfer broke off.
    FileUnreachable(&'static str),
    /// The file came and is not what its name says.
    FileBroken(&'static str),
    /// AudioWorklet exists on secure pages alone, and this is none.
    InsecurePage,
    /// The browser has no Web Audio or no AudioWorklet.
    NoAudioWorklet,
    /// The browser refused an AudioContext or a node in it.
    ContextRefused,
    /// The worklet's module refused the decoder; in its own words.
    DecoderRefused(String),
    /// The worklet's module refused the decoder that a person brought; in its own words. The page's own plays.
    ModelRefused(String),
    /// Something went wrong while playing; in the worklet's words. What can still sound goes on.
    SoundFault(String),
    /// The worklet's processor threw while playing, and is silent.
    SoundStopped,
    /// The browser took the sound output away: it closed the context, or the device is gone.
    SoundLost,
    /// What the plane sounds like, or the presets themselves, did not come; they are tried for again.
    MapLate,
    /// The browser keeps nothing for the next visit, and there is something that would be missed.
    NothingKept,
}

impl AppError {
    /// Whether everything plays on: then it is a remark, and nothing needs a person's tap.
    pub fn is_minor(&self) -> bool {
        matches!(self, Self::MapLate | Self::NothingKept | Self::ModelRefused(_))
    }

    /// Whether it is the sound alone that has to be started anew.
    pub fn stops_sound(&self) -> bool {
        matches!(self, Self::SoundFault(_) | Self::SoundStopped | Self::SoundLost)
    }
}
