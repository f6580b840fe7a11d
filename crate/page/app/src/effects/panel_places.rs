//! The elements of the page that belong to a panel: those that its script fills, its button, and its status. Their ids
//! are the panel's name, `NAME-open` and `NAME-status`; this file lists the panels that have others.

use play::panels::PanelId;

/// The ids of the elements that a panel's script fills. The script gets the first one before its port, and the others
/// after it.
pub fn places_of(panel: PanelId) -> Vec<&'static str> {
    match panel {
        PanelId::Between => vec!["two-sounds"],
        PanelId::Paths => vec!["path-editor"],
        PanelId::Sing => vec!["sing-place"],
        PanelId::RecordedTones => vec!["tones", "tones-live-row", "tones-live-area"],
        // Inside the panel of the recorded tones, whose script has the button.
        PanelId::ToneSounds => vec!["tones-place", "tones-sounds"],
        _ => vec![panel.name()],
    }
}

/// The ids of the button that opens a panel, and of the element that says why it cannot be opened. The recorded tones
/// have no button on the page.
pub fn button_of(panel: PanelId) -> [&'static str; 2] {
    match panel {
        PanelId::Between => ["two-sounds-open", "two-sounds-status"],
        PanelId::Paths => ["path-open", "path-status"],
        // In the transport: `views::transport` follows it.
        PanelId::Sing => ["sing", "sing-status"],
        _ => panel.button(),
    }
}
