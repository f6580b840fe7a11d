//! Every error of the page. Crate `app` has the messages, in its module `words`.

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
    /// The page is not secure, so AudioWorklet does not exist.
    InsecurePage,
    /// The browser has no Web Audio or no AudioWorklet.
    NoAudioWorklet,
    /// The browser refused an AudioContext or a node in it.
    ContextRefused,
    /// The worklet's module rejected the decoder, with its message.
    DecoderRefused(String),
    /// The worklet's module rejected the imported decoder, with its message. The page's own plays.
    ModelRefused(String),
    /// An error while playing, with the worklet's message. The rest keeps sounding.
    SoundFault(String),
    /// The worklet's processor threw while playing, and is silent.
    SoundStopped,
    /// The browser ended the audio output: it closed the context, or the device is gone.
    SoundLost,
    /// The map or the presets did not load; the page requests them again.
    MapLate,
    /// The browser stores nothing for the next visit, and there is something to lose.
    NothingKept,
    /// The sound output has a rate at which the tones of this file cannot be played. amSynth plays on.
    TonesRate(&'static str),
    /// There is no room for another landmark.
    LandmarksFull,
    /// A loop is too long to play, alone or beside those that play.
    LoopsTooLong,
    /// There is no room for the loop that was recorded: it is recorded on.
    LoopsFull,
}

impl AppError {
    /// True if everything keeps playing, so that the person need not act.
    pub fn is_minor(&self) -> bool {
        matches!(
            self,
            Self::MapLate
                | Self::NothingKept
                | Self::ModelRefused(_)
                | Self::TonesRate(_)
                | Self::LandmarksFull
                | Self::LoopsTooLong
                | Self::LoopsFull
        )
    }

    /// True if only the sound has to be restarted.
    pub fn stops_sound(&self) -> bool {
        matches!(self, Self::SoundFault(_) | Self::SoundStopped | Self::SoundLost)
    }
}
