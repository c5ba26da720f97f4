//! Names of the colour tokens in `public/styles/tokens.css`, and the values that the page computed for them.
//! No hex here: the style sheet is the one place that has them.

use nengce_shared::energy_group::EnergyGroup;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// What a computed style gives: `#rrggbb`, `#rgb`, `rgb(r, g, b)` or `rgba(r, g, b, a)`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(hex) = text.strip_prefix('#') {
            let digit = |at: usize, len: usize| u8::from_str_radix(hex.get(at..at + len)?, 16).ok();
            return match hex.len() {
                6 => Some(Self(digit(0, 2)?, digit(2, 2)?, digit(4, 2)?)),
                3 => Some(Self(digit(0, 1)? * 17, digit(1, 1)? * 17, digit(2, 1)? * 17)),
                _ => None,
            };
        }
        let inner =
            text.strip_prefix("rgba(").or_else(|| text.strip_prefix("rgb("))?.strip_suffix(')')?;
        let mut parts = inner.split([',', ' ', '/']).filter(|part| !part.is_empty());
        let mut next = || parts.next()?.parse::<u8>().ok();
        Some(Self(next()?, next()?, next()?))
    }
}

impl Rgb {
    /// The grey of the same luminance.
    fn grey(self) -> Self {
        let linear = self.luminance();
        let c = if linear <= 0.0031308 {
            linear * 12.92
        } else {
            1.055 * linear.powf(1.0 / 2.4) - 0.055
        };
        let level = (c * 255.0).round() as u8;
        Self(level, level, level)
    }

    /// Relative luminance of WCAG 2.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }
}

macro_rules! inks {
    ($($name:ident = $token:literal,)*) => {
        /// A meaning; the palette knows its colour.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Ink { $($name,)* }

        impl Ink {
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The custom property's name without the leading `--`.
            pub fn token(self) -> &'static str {
                match self { $(Self::$name => $token,)* }
            }
        }
    };
}

inks! {
    Surface = "surface", Surface2 = "surface-2", Surface3 = "surface-3", Pop = "pop",
    Line = "line", Line2 = "line-2", Line3 = "line-3",
    Ink = "ink", Ink2 = "ink-2", Ink3 = "ink-3",
    Accent = "accent", AccentInk = "accent-ink", AccentSoft = "accent-soft",
    Coal = "e-coal", Oil = "e-oil", Gas = "e-gas", Electricity = "e-elec", Heat = "e-heat", Other = "e-other",
    Lv1 = "lv1", Lv1Soft = "lv1-soft", Lv2 = "lv2", Lv2Soft = "lv2-soft", Lv2Fill = "lv2-fill",
    Lv3 = "lv3", Lv3Soft = "lv3-soft",
    Worse = "worse", Better = "better",
    Seq1 = "seq-1", Seq2 = "seq-2", Seq3 = "seq-3", Seq4 = "seq-4", Seq5 = "seq-5", Seq6 = "seq-6", Seq7 = "seq-7",
    Div1 = "div-1", Div2 = "div-2", Div3 = "div-3", Div4 = "div-4", Div5 = "div-5", Div6 = "div-6", Div7 = "div-7",
}

impl Ink {
    pub const SEQ: [Self; 7] =
        [Self::Seq1, Self::Seq2, Self::Seq3, Self::Seq4, Self::Seq5, Self::Seq6, Self::Seq7];
    pub const DIV: [Self; 7] =
        [Self::Div1, Self::Div2, Self::Div3, Self::Div4, Self::Div5, Self::Div6, Self::Div7];

    pub fn of_energy(group: EnergyGroup) -> Self {
        match group {
            EnergyGroup::Coal => Self::Coal,
            EnergyGroup::Oil => Self::Oil,
            EnergyGroup::Gas => Self::Gas,
            EnergyGroup::Electricity => Self::Electricity,
            EnergyGroup::Heat => Self::Heat,
            EnergyGroup::Other => Self::Other,
        }
    }

    /// `worse` above zero, `better` below, quiet at zero.
    pub fn of_sign(value: f64) -> Self {
        if value > 0.0 {
            Self::Worse
        } else if value < 0.0 {
            Self::Better
        } else {
            Self::Line3
        }
    }
}

/// The colours of one theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    colours: Vec<Rgb>,
    /// Energy types are told apart by pattern.
    pub patterned: bool,
}

impl Palette {
    /// Asks `computed` for every token; the first token without a readable value is the error.
    pub fn read(computed: impl Fn(&str) -> Option<String>) -> Result<Self, &'static str> {
        let colours = Ink::ALL
            .iter()
            .map(|ink| computed(ink.token()).as_deref().and_then(Rgb::parse).ok_or(ink.token()))
            .collect::<Result<_, _>>()?;
        Ok(Self { colours, patterned: false })
    }

    /// For black-and-white print: every colour is its grey, and energy types have patterns.
    pub fn black_and_white(&self) -> Self {
        Self { colours: self.colours.iter().map(|it| it.grey()).collect(), patterned: true }
    }

    pub fn colour(&self, ink: Ink) -> Rgb {
        self.colours[ink as usize]
    }

    /// `Ink` or `Surface`, whichever reads better on `ground` (WCAG contrast).
    pub fn reads_on(&self, ground: Ink) -> Ink {
        let under = self.colour(ground).luminance() + 0.05;
        let contrast = |ink: Ink| {
            let over = self.colour(ink).luminance() + 0.05;
            (over / under).max(under / over)
        };
        if contrast(Ink::Surface) > contrast(Ink::Ink) { Ink::Surface } else { Ink::Ink }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computed_values_are_read() {
        assert_eq!(Rgb::parse(" #0C5D70"), Some(Rgb(12, 93, 112)));
        assert_eq!(Rgb::parse("#fff"), Some(Rgb(255, 255, 255)));
        assert_eq!(Rgb::parse("rgb(1, 2, 3)"), Some(Rgb(1, 2, 3)));
        assert_eq!(Rgb::parse("rgba(1, 2, 3, 0.5)"), Some(Rgb(1, 2, 3)));
        for wrong in ["", "#12345", "#ggg", "rgb(1,2)", "red", "#é1"] {
            assert_eq!(Rgb::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_missing_token_is_named_and_inks_keep_their_place() {
        let all = Palette::read(|token| Some(format!("rgb({}, 0, 0)", token.len())));
        let all = all.expect("every token has a value");
        for ink in Ink::ALL {
            assert_eq!(all.colour(*ink), Rgb(ink.token().len() as u8, 0, 0));
        }
        let partial = Palette::read(|token| (token != "e-gas").then(|| "#000".to_owned()));
        assert_eq!(partial, Err("e-gas"));
    }

    #[test]
    fn greys_are_as_light_as_their_colours() {
        for colour in [Rgb(12, 93, 112), Rgb(166, 28, 22), Rgb(255, 255, 255)] {
            let grey = colour.grey();
            assert!(grey.0 == grey.1 && grey.1 == grey.2, "{grey:?}");
            assert!((grey.luminance() - colour.luminance()).abs() < 0.01);
        }
        assert_eq!(Rgb(0, 0, 0).grey(), Rgb(0, 0, 0));
    }
}
