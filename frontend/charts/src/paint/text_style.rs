//! The style of a text in the form that a plotters backend asks for.

use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendTextStyle, FontFamily, FontStyle};

use crate::scene::{Anchor, text};

/// Backends that draw glyphs themselves never call `draw`.
pub(super) struct TextStyle<'a> {
    pub color: BackendColor,
    pub size: f64,
    pub fonts: &'a str,
    pub bold: bool,
    pub anchor: Anchor,
}

impl BackendTextStyle for TextStyle<'_> {
    type FontError = std::convert::Infallible;

    fn color(&self) -> BackendColor {
        self.color
    }

    fn size(&self) -> f64 {
        self.size
    }

    fn style(&self) -> FontStyle {
        if self.bold { FontStyle::Bold } else { FontStyle::Normal }
    }

    fn anchor(&self) -> Pos {
        let h_pos = match self.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        Pos { h_pos, v_pos: VPos::Center }
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(self.fonts)
    }

    fn layout_box(&self, words: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        let width = text::width(words, self.size, self.bold);
        Ok(((0, 0), (width.ceil() as i32, self.size.ceil() as i32)))
    }

    fn draw<E, F: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _text: &str,
        _pos: BackendCoord,
        _draw: F,
    ) -> Result<Result<(), E>, Self::FontError> {
        Ok(Ok(()))
    }
}
