//! The events of the page beside the map: its places, the sheet, the drawers, and the work area of a wide page.

use crate::hints::Hint;
use crate::notes::Layout;
use crate::page::Tab;
use crate::work_area::DividerMove;

/// Panels and the sheet that holds them on a phone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PageAction {
    /// True if the panel is in a sheet, by the size of the page.
    SetSheet(bool),
    /// Shows a panel; if it is shown already, opens or closes the sheet.
    SelectTab(Tab),
    /// Shows a panel with the sheet open.
    ShowTab(Tab),
    /// Moves the sheet by stops: up (positive) or down.
    StepSheet(i8),
    /// The next stop; after the highest one the lowest.
    CycleSheet,
    /// At least half: a person begins to type in the panel.
    OpenSheet,
    /// A pointer has dragged the sheet up by this share of the page's height (negative: down).
    DragSheet(f64),
    /// That pointer is up.
    DropSheet,
    /// The browser's back button or gesture has closed the sheet.
    GoneBack,
    /// Opens the drawer with the keys, or closes it.
    ToggleKeys,
    /// Opens the drawer with the notes that a touch plays, or closes it.
    ToggleNotes,
    /// Lays the notes over the map like this; the layout that is chosen already opens its drawer, or closes it.
    ChooseLayout(Layout),
    /// A hint was shown long enough.
    LeaveHint(Hint),
    /// A pointer has dragged the drawer with the keys down by this share of the page's height.
    DragKeys(f64),
    /// That pointer is up.
    DropKeys,
    /// True if the page has a work area beside the map, by its size.
    SetWide(bool),
    /// The divider between map and work area is moved, from a width of the work area as a share of that of the page, on
    /// a page of a width in CSS pixels.
    MoveDivider(DividerMove, f64, f64),
    /// The work area fills the page, or stands beside the map again.
    ToggleFill,
    /// The key Escape: a work area that fills the page stands beside the map again; otherwise all sound ends.
    Escape,
}
