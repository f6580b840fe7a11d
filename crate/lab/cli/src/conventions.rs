//! The rules that all commands share, as `latent-pad --help` prints them.

/// Stands at the end of that help.
pub const CONVENTIONS: &str = "\
PRESET is an .amSynthPreset file, or FILE.bank#INDEX, counted from 0.

Without --model, a command uses the model in models/, or else the one built into it. With --model, it reads \
distance.json, sounds.bin and training.json from the model's folder; if distance.json is missing there, it says \
which other one it uses. A folder models/ that has only one of decoder and encoder, or only one of presets.bin and \
preset_sounds.bin, is refused if the command needs the other one. The first search by ear with a model without \
sounds.bin measures its plane for about a minute and writes that file.

No output may be an input or another output, with two exceptions: `macro PRESET -o PRESET` changes a preset file, \
and `path PATH --save PATH` a path file. A write-protected file is never replaced. Any other file that is replaced \
keeps its permissions. An output that is a symbolic link is followed. A pipe or a device, such as /dev/stdout, takes \
the bytes; - is not a file.

Errors go to standard error with exit code 1. Wrong usage exits with 2.";
