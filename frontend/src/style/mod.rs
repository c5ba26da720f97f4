//! How the page looks: the theme and its palette, the palette of print, and the icons. Colours stand in the style sheet.

pub mod icons;
pub mod palette;
pub mod print;
pub mod theme;
