//! Colours of the token tests: WCAG 2 contrast, CIE L*, CIEDE2000, and deficiencies of colour vision.

use palette::color_difference::{Ciede2000, Wcag21RelativeContrast};
use palette::white_point::D65;
use palette::{IntoColor, Lab, LinSrgb, Srgb};

/// An sRGB colour, channels 0–1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour(Srgb<f64>);

/// How a colour is seen; the deficiencies after Machado, Oliveira and Fernandes 2009, severity 1.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vision {
    Normal,
    Protan,
    Deutan,
    Tritan,
}

pub const VISIONS: [Vision; 4] = [Vision::Normal, Vision::Protan, Vision::Deutan, Vision::Tritan];

impl Colour {
    /// Reads `#RRGGBB`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.strip_prefix('#').filter(|it| it.len() == 6)?;
        digits.parse::<Srgb<u8>>().ok().map(|it| Self(it.into_format()))
    }

    /// The colour as someone with this vision sees it.
    pub fn seen_by(self, vision: Vision) -> Self {
        let m: [[f64; 3]; 3] = match vision {
            Vision::Normal => return self,
            Vision::Protan => [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
            Vision::Deutan => [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
            Vision::Tritan => [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
        };
        let [r, g, b]: [f64; 3] = self.0.into_linear().into();
        let [r, g, b] = m.map(|row| (row[0] * r + row[1] * g + row[2] * b).clamp(0.0, 1.0));
        Self(Srgb::from_linear(LinSrgb::new(r, g, b)))
    }

    fn lab(self) -> Lab<D65, f64> {
        self.0.into_color()
    }

    /// Lightness, what a greyscale print keeps.
    pub fn lightness(self) -> f64 {
        self.lab().l
    }
}

/// WCAG 2 contrast ratio, 1–21.
pub fn contrast(a: Colour, b: Colour) -> f64 {
    a.0.relative_contrast(b.0)
}

/// CIEDE2000 of two colours as someone sees them.
pub fn difference(a: Colour, b: Colour, vision: Vision) -> f64 {
    a.seen_by(vision).lab().difference(b.seen_by(vision).lab())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_ciede2000(a: [f64; 3], b: [f64; 3], expected: f64) {
        let lab = |[l, a, b]: [f64; 3]| Lab::<D65, f64>::new(l, a, b);
        for found in [lab(a).difference(lab(b)), lab(b).difference(lab(a))] {
            assert!((found - expected).abs() < 5e-5, "{a:?} {b:?}: {found}, published {expected}");
        }
    }

    /// Pairs of the published test data of Sharma, Wu and Dalal, 2005.
    #[test]
    fn ciede2000_gives_the_published_differences() {
        check_ciede2000([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425);
        check_ciede2000([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615);
        check_ciede2000([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0);
        check_ciede2000([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669);
        check_ciede2000([50.0, 2.49, -0.001], [50.0, -2.49, 0.0009], 7.1792);
        check_ciede2000([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195);
        check_ciede2000([50.0, -0.001, 2.49], [50.0, 0.0009, -2.49], 4.8045);
        check_ciede2000([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492);
        check_ciede2000([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030);
        check_ciede2000([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535);
        check_ciede2000([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644);
        check_ciede2000([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373);
        check_ciede2000([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441);
        check_ciede2000([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082);
    }

    #[test]
    fn contrast_of_black_on_white_is_twenty_one() {
        let colour = |text| Colour::parse(text).expect("a colour");
        let (black, white) = (colour("#000000"), colour("#FFFFFF"));
        assert!((contrast(black, white) - 21.0).abs() < 1e-9);
        assert!((contrast(white, white) - 1.0).abs() < 1e-9);
    }

    /// #767676 is the lightest grey that WCAG accepts for text on white.
    #[test]
    fn contrast_tells_the_known_limit_of_grey_on_white() {
        let white = Colour::parse("#FFFFFF").expect("a colour");
        assert!(contrast(Colour::parse("#767676").expect("a colour"), white) >= 4.5);
        assert!(contrast(Colour::parse("#777777").expect("a colour"), white) < 4.5);
    }

    #[test]
    fn greys_stay_grey_in_any_vision() {
        for vision in VISIONS {
            let Lab { a, b, .. } = Colour(Srgb::new(0.5, 0.5, 0.5)).seen_by(vision).lab();
            assert!(a.abs() < 0.01 && b.abs() < 0.02, "{vision:?}: {a} {b}");
        }
    }
}
