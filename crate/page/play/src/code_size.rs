//! The size of a code to scan on the screen.

/// The width of a code of so many modules a side, in the page's pixels: the greatest one in the available width whose
/// modules all have the same whole number of the screen's pixels, of which `density` lie on one of the page. Readers of
/// codes lose their way where some modules are wider than others. A code without room for a pixel a module has all of
/// the width.
pub fn code_width_px(modules: u32, available_px: f64, density: f64) -> f64 {
    let modules = f64::from(modules.max(1));
    let density = if density.is_finite() && density > 0.0 { density } else { 1.0 };
    let module = (available_px * density / modules).floor();
    if module >= 1.0 { module * modules / density } else { available_px }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_whole_pixels_of_the_screen() {
        assert_eq!(code_width_px(185, 380.0, 1.0), 370.0);
        assert_eq!(code_width_px(185, 342.0, 3.0), 185.0 * 5.0 / 3.0);
        assert_eq!(code_width_px(41, 342.0, 2.0), 41.0 * 8.0);
        assert_eq!(code_width_px(185, 120.0, 1.0), 120.0, "no room");
        assert_eq!(code_width_px(0, 100.0, f64::NAN), 100.0);
    }
}
