//! The map's colours, and the families of banks that have one.

use play::loops::LOOP_LIMIT;
use play::panels::sound_match::STRAND_COUNT;
use play::touches::TOUCH_PART_COUNT;
use web_sys::HtmlCanvasElement;

use crate::dom;

/// Whose bank a preset is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Brian's banks, most of all: round.
    Brian,
    /// Patrik's banks: a triangle.
    Patrik,
    /// amSynth's factory bank: a lozenge.
    Factory,
    /// Any other, such as one's own: a square.
    Other,
}

impl Family {
    /// All families, those with the most presets first.
    pub const ALL: [Self; 4] = [Self::Brian, Self::Patrik, Self::Factory, Self::Other];

    /// The family of a bank's file, by the names that Debian's package gives them.
    pub fn of(bank: &str) -> Self {
        match bank {
            // An imported bank is named without its ending.
            _ if !bank.ends_with(".bank") => Self::Other,
            _ if bank.starts_with("Brian") => Self::Brian,
            _ if bank.starts_with("Patrik") => Self::Patrik,
            _ if bank.contains("factory") => Self::Factory,
            _ => Self::Other,
        }
    }
}

/// The names of the colours of the loops, in the order of their numbers.
const LOOP_TOKENS: [&str; LOOP_LIMIT] =
    ["--loop-1", "--loop-2", "--loop-3", "--loop-4", "--loop-5", "--loop-6", "--loop-7", "--loop-8"];

/// The map's colours, from the custom properties of the style sheet.
pub struct MapColors {
    /// The ring about the point of each part.
    rings: [String; TOUCH_PART_COUNT],
    /// The dots of each family of banks.
    families: [String; 4],
    /// The strands of a search.
    strands: [String; STRAND_COUNT],
    /// The loops, by their numbers from 1.
    loops: [String; LOOP_LIMIT],
    /// Light marks.
    pub light: String,
    /// Their outlines.
    pub dark: String,
    /// The map where no patch is known.
    pub empty: String,
}

impl MapColors {
    /// Reads them from the style of an element.
    pub fn of(canvas: &HtmlCanvasElement) -> Self {
        let style = dom::window().get_computed_style(canvas).ok().flatten();
        let token = |name: &str| {
            let value = style.as_ref().and_then(|style| style.get_property_value(name).ok());
            value.unwrap_or_default().trim().to_owned()
        };
        Self {
            rings: ["--map-you", "--map-you-2", "--map-you-3", "--map-you-4", "--map-you-5"].map(token),
            families: ["--map-light", "--map-patrik", "--map-factory", "--map-other"].map(token),
            strands: ["--map-patrik", "--map-you", "--map-other", "--map-factory"].map(token),
            loops: LOOP_TOKENS.map(token),
            light: token("--map-light"),
            dark: token("--map-dark"),
            empty: token("--map-nobody"),
        }
    }

    /// The colour of a part's ring.
    pub fn ring(&self, part: usize) -> &str {
        &self.rings[part % TOUCH_PART_COUNT]
    }

    /// The colour of a strand.
    pub fn strand(&self, strand: usize) -> &str {
        &self.strands[strand]
    }

    /// The colour of the loop of a number.
    pub fn of_loop(&self, number: u8) -> &str {
        let place = usize::from(number.saturating_sub(1)) % LOOP_LIMIT;
        &self.loops[place]
    }

    /// The colour of a family's dots.
    pub fn family(&self, family: Family) -> &str {
        &self.families[family as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debians_banks_are_recognized_by_their_names() {
        assert_eq!(Family::of("BriansBank07.amSynth.bank"), Family::Brian);
        assert_eq!(Family::of("PatriksBank02.bank"), Family::Patrik);
        assert_eq!(Family::of("amsynth_factory.bank"), Family::Factory);
        assert_eq!(Family::of("mine.bank"), Family::Other);
        assert_eq!(Family::of("BriansBank07.amSynth"), Family::Other, "an imported one of the same name");
    }
}
