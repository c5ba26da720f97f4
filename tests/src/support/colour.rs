//! Colour arithmetic for the token tests: WCAG 2 contrast, CIE L*, CIEDE2000, colour-vision deficiency.
//! Pure; written from the formulas, so that it shares nothing with what it checks.

/// An sRGB colour, channels 0–1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour(pub [f64; 3]);

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
        let digits = text.trim().strip_prefix('#').filter(|d| d.len() == 6)?;
        let mut channels = [0.0; 3];
        for (at, channel) in channels.iter_mut().enumerate() {
            let byte = u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).ok()?;
            *channel = f64::from(byte) / 255.0;
        }
        Some(Self(channels))
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) })
    }

    fn from_linear(linear: [f64; 3]) -> Self {
        Self(linear.map(|c| {
            let c = c.clamp(0.0, 1.0);
            if c <= 0.003_130_8 { c * 12.92 } else { 1.055 * c.powf(1.0 / 2.4) - 0.055 }
        }))
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
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
        let v = self.linear();
        Self::from_linear(m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2]))
    }

    /// CIE L*a*b* under D65, 2°.
    pub fn lab(self) -> [f64; 3] {
        let [r, g, b] = self.linear();
        let x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047;
        let y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b;
        let z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883;
        let f = |t: f64| {
            if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 }
        };
        [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
    }

    /// Lightness, what a greyscale print keeps.
    pub fn lightness(self) -> f64 {
        self.lab()[0]
    }
}

/// WCAG 2 contrast ratio, 1–21.
pub fn contrast(a: Colour, b: Colour) -> f64 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// CIEDE2000 of two colours as someone sees them.
pub fn difference(a: Colour, b: Colour, vision: Vision) -> f64 {
    ciede2000(a.seen_by(vision).lab(), b.seen_by(vision).lab())
}

/// CIEDE2000 after Sharma, Wu and Dalal 2005 (k_L = k_C = k_H = 1).
pub fn ciede2000([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let c_mean7 = f64::midpoint(a1.hypot(b1), a2.hypot(b2)).powi(7);
    let g = 0.5 * (1.0 - (c_mean7 / (c_mean7 + 25f64.powi(7))).sqrt());
    let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| {
        if a == 0.0 && b == 0.0 { 0.0 } else { b.atan2(a).to_degrees().rem_euclid(360.0) }
    };
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let grey = c1 * c2 == 0.0;

    let dh = match h2 - h1 {
        _ if grey => 0.0,
        d if d > 180.0 => d - 360.0,
        d if d < -180.0 => d + 360.0,
        d => d,
    };
    let h_mean = match (h1 - h2).abs() {
        _ if grey => h1 + h2,
        d if d <= 180.0 => f64::midpoint(h1, h2),
        _ if h1 + h2 < 360.0 => f64::midpoint(h1, h2) + 180.0,
        _ => f64::midpoint(h1, h2) - 180.0,
    };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh_big = 2.0 * (c1 * c2).sqrt() * (dh / 2.0).to_radians().sin();
    let (l_mean, c_mean) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));

    let cos = |degrees: f64| degrees.to_radians().cos();
    let t =
        1.0 - 0.17 * cos(h_mean - 30.0) + 0.24 * cos(2.0 * h_mean) + 0.32 * cos(3.0 * h_mean + 6.0)
            - 0.20 * cos(4.0 * h_mean - 63.0);
    let theta = 30.0 * (-((h_mean - 275.0) / 25.0).powi(2)).exp();
    let c7 = c_mean.powi(7);
    let r_c = 2.0 * (c7 / (c7 + 25f64.powi(7))).sqrt();
    let l50 = (l_mean - 50.0).powi(2);
    let s_l = 1.0 + 0.015 * l50 / (20.0 + l50).sqrt();
    let (s_c, s_h) = (1.0 + 0.045 * c_mean, 1.0 + 0.015 * c_mean * t);
    let r_t = -(2.0 * theta).to_radians().sin() * r_c;
    ((dl / s_l).powi(2)
        + (dc / s_c).powi(2)
        + (dh_big / s_h).powi(2)
        + r_t * (dc / s_c) * (dh_big / s_h))
        .sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_ciede2000(a: [f64; 3], b: [f64; 3], expected: f64) {
        for found in [ciede2000(a, b), ciede2000(b, a)] {
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
        let (black, white) = (Colour([0.0; 3]), Colour([1.0; 3]));
        assert!((contrast(black, white) - 21.0).abs() < 1e-9);
        assert!((contrast(white, white) - 1.0).abs() < 1e-9);
    }

    /// #767676 is the lightest grey that WCAG accepts for text on white.
    #[test]
    fn contrast_tells_the_known_limit_of_grey_on_white() {
        let white = Colour([1.0; 3]);
        assert!(contrast(Colour::parse("#767676").expect("a colour"), white) >= 4.5);
        assert!(contrast(Colour::parse("#777777").expect("a colour"), white) < 4.5);
    }

    #[test]
    fn greys_stay_grey_in_any_vision() {
        for vision in VISIONS {
            let [_, a, b] = Colour([0.5; 3]).seen_by(vision).lab();
            assert!(a.abs() < 0.01 && b.abs() < 0.02, "{vision:?}: {a} {b}");
        }
    }
}
