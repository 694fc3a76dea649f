//! Colors: as style sheets write them, their contrast as WCAG 2.2 measures it, and OKLCH for changing a color as eyes see it.
//!
//! `OKLab` and OKLCH are from Björn Ottosson, "A perceptual color space for image processing", 2020 (<https://bottosson.github.io/posts/oklab/>).

use std::fmt;

/// How many steps of lightness lie between black and white when a color that can be read is looked for.
const STEPS: u16 = 1024;

/// An opaque color in sRGB, written as `#` and six digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

/// A color in `OKLab`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Lab {
    /// The lightness, from 0 to 1.
    lightness: f64,
    /// How far from green to red.
    a: f64,
    /// How far from blue to yellow.
    b: f64,
}

/// A color in OKLCH, which is `OKLab` with the angle and the distance from gray.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lch {
    /// The lightness, from 0 to 1.
    pub lightness: f64,
    /// The distance from gray, in sRGB under 0.4.
    pub chroma: f64,
    /// The hue, in radians.
    pub hue: f64,
}

impl Color {
    /// Makes a color of its three parts.
    pub(crate) const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#` and six hexadecimal digits; anything else is no color.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        Some(Self::new(part(0)?, part(2)?, part(4)?))
    }

    /// Gives the relative luminance of WCAG 2.2, from 0 for black to 1 for white.
    pub(crate) fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Gives the contrast ratio of WCAG 2.2 to another color, from 1 to 21.
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Mixes a share of another color, from 0 to 1, into this one, in `OKLab`.
    pub(crate) fn mix(self, other: Self, share: f64) -> Self {
        let (from, to) = (self.lab(), other.lab());
        let between = |from: f64, to: f64| from + (to - from) * share;
        let mixed = Lab {
            lightness: between(from.lightness, to.lightness),
            a: between(from.a, to.a),
            b: between(from.b, to.b),
        };
        Self::from_linear(mixed.linear())
    }

    /// Gives the color in OKLCH.
    pub(crate) fn lch(self) -> Lch {
        let lab = self.lab();
        Lch {
            lightness: lab.lightness,
            chroma: libm::hypot(lab.a, lab.b),
            hue: libm::atan2(lab.b, lab.a),
        }
    }

    /// Makes the color of OKLCH; where sRGB does not reach so far, with the largest chroma that it has.
    pub(crate) fn from_lch(lch: Lch) -> Self {
        let linear = |chroma: f64| Lch { chroma, ..lch }.lab().linear();
        if is_in_gamut(linear(lch.chroma)) {
            return Self::from_linear(linear(lch.chroma));
        }
        let (mut inside, mut outside) = (0.0, lch.chroma);
        for _ in 0..20 {
            let middle = f64::midpoint(inside, outside);
            if is_in_gamut(linear(middle)) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        Self::from_linear(linear(inside))
    }

    /// Gives the color nearest to this one that passes: the smallest change of lightness, the same hue, and the same chroma as far as sRGB has it.
    pub(crate) fn nearest_passing(self, passes: impl Fn(Self) -> bool) -> Option<Self> {
        if passes(self) {
            return Some(self);
        }
        let own = self.lch();
        (1..=STEPS).find_map(|step| {
            let change = f64::from(step) / f64::from(STEPS);
            [own.lightness - change, own.lightness + change]
                .into_iter()
                .filter(|lightness| (0.0..=1.0).contains(lightness))
                .map(|lightness| Self::from_lch(Lch { lightness, ..own }))
                .find(|color| passes(*color))
        })
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                libm::pow((part + 0.055) / 1.055, 2.4)
            }
        })
    }

    fn from_linear(linear: [f64; 3]) -> Self {
        let [red, green, blue] = linear.map(|part| {
            let part = part.clamp(0.0, 1.0);
            let part = if part <= 0.003_130_8 {
                part * 12.92
            } else {
                1.055 * libm::pow(part, 1.0 / 2.4) - 0.055
            };
            byte(part)
        });
        Self { red, green, blue }
    }

    fn lab(self) -> Lab {
        let [red, green, blue] = self.linear();
        let long = 0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue;
        let medium = 0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue;
        let short = 0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue;
        let [long, medium, short] = [long, medium, short].map(libm::cbrt);
        Lab {
            lightness: 0.210_454_255_3 * long + 0.793_617_785_0 * medium - 0.004_072_046_8 * short,
            a: 1.977_998_495_1 * long - 2.428_592_205_0 * medium + 0.450_593_709_9 * short,
            b: 0.025_904_037_1 * long + 0.782_771_766_2 * medium - 0.808_675_766_0 * short,
        }
    }
}

impl Lab {
    /// Gives red, green and blue in linear light; beyond 0 to 1 where sRGB has no such color.
    fn linear(self) -> [f64; 3] {
        let Self { lightness, a, b } = self;
        let long = lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b;
        let medium = lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b;
        let short = lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b;
        let [long, medium, short] = [long, medium, short].map(|part| part * part * part);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701_0 * short,
        ]
    }
}

impl Lch {
    fn lab(self) -> Lab {
        Lab {
            lightness: self.lightness,
            a: self.chroma * libm::cos(self.hue),
            b: self.chroma * libm::sin(self.hue),
        }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Tells whether sRGB has a color; a difference that rounding removes does not count.
fn is_in_gamut(linear: [f64; 3]) -> bool {
    linear
        .iter()
        .all(|part| (-0.000_1..=1.000_1).contains(part))
}

/// Gives the nearest of the 256 steps.
fn byte(part: f64) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the part lies between 0 and 1, so the product lies between 0 and 255"
    )]
    let byte = (part.clamp(0.0, 1.0) * 255.0).round() as u8;
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Color = Color::new(0, 0, 0);
    const WHITE: Color = Color::new(255, 255, 255);

    fn color(text: &str) -> Color {
        Color::read(text).unwrap()
    }

    fn nearest(color: Color, others: &[Color], ratio: f64) -> Option<Color> {
        color.nearest_passing(|color| others.iter().all(|other| color.contrast(*other) >= ratio))
    }

    /// Colors spread evenly over all of sRGB.
    fn samples() -> impl Iterator<Item = Color> {
        let parts = || (0..=255).step_by(51);
        parts().flat_map(move |red| {
            parts().flat_map(move |green| parts().map(move |blue| Color::new(red, green, blue)))
        })
    }

    #[test]
    fn a_color_is_a_sign_and_six_digits() {
        assert_eq!(color("#1D5c63").to_string(), "#1d5c63");
        for wrong in [
            "1d5c63", "#1d5c6", "#1d5c633", "#1d5c6g", "#é1d5c", "#", "", "#+1+2+3",
        ] {
            assert_eq!(Color::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_contrast_is_that_of_wcag() {
        for (one, two, ratio) in [
            ("#000000", "#ffffff", 21.0),
            ("#767676", "#ffffff", 4.54),
            ("#777777", "#ffffff", 4.48),
            ("#949494", "#ffffff", 3.03),
            ("#595959", "#ffffff", 7.00),
            ("#ff0000", "#ffffff", 4.00),
            ("#0000ff", "#ffffff", 8.59),
            ("#00ff00", "#ffffff", 1.37),
            ("#336699", "#336699", 1.0),
        ] {
            let (one, two) = (color(one), color(two));
            assert!(
                (one.contrast(two) - ratio).abs() < 0.005,
                "{one} {two} {}",
                one.contrast(two)
            );
            assert!((one.contrast(two) - two.contrast(one)).abs() < 1e-12);
        }
    }

    #[test]
    fn oklch_is_that_of_ottosson() {
        // CSS Color 4 gives these figures for the three primaries.
        for (text, lightness, chroma, degrees) in [
            ("#ff0000", 0.628, 0.2577, 29.23),
            ("#00ff00", 0.866, 0.2948, 142.50),
            ("#0000ff", 0.452, 0.3132, 264.05),
        ] {
            let lch = color(text).lch();
            let hue = lch.hue.to_degrees().rem_euclid(360.0);
            assert!((lch.lightness - lightness).abs() < 0.001, "{text} {lch:?}");
            assert!((lch.chroma - chroma).abs() < 0.001, "{text} {lch:?}");
            assert!((hue - degrees).abs() < 0.1, "{text} {hue}");
        }
        assert!((WHITE.lch().lightness - 1.0).abs() < 1e-6);
        assert!(WHITE.lch().chroma < 1e-6);
    }

    #[test]
    fn every_color_comes_back_from_oklch() {
        for color in samples() {
            assert_eq!(Color::from_lch(color.lch()), color);
        }
    }

    #[test]
    fn a_mixture_lies_between_its_two_colors() {
        let (one, two) = (color("#f8f4ed"), color("#1f5650"));
        assert_eq!(one.mix(two, 0.0), one);
        assert_eq!(one.mix(two, 1.0), two);
        // By the definition of OKLab, gray halfway to white has the lightness 0.5, which is #636363.
        assert_eq!(BLACK.mix(WHITE, 0.5).to_string(), "#636363");
    }

    #[test]
    fn the_nearest_passing_color_always_passes_and_a_passing_one_is_kept() {
        let grounds = [color("#f8f4ed"), color("#fffcf6")];
        for color in samples() {
            let near = nearest(color, &grounds, 4.5).unwrap();
            assert!(
                grounds.iter().all(|ground| near.contrast(*ground) >= 4.5),
                "{color} {near}"
            );
            if grounds.iter().all(|ground| color.contrast(*ground) >= 4.5) {
                assert_eq!(near, color);
            }
            assert_eq!(nearest(near, &grounds, 4.5), Some(near));
        }
    }

    #[test]
    fn the_nearest_passing_color_keeps_its_hue_and_changes_no_more_than_it_must() {
        for start in samples().filter(|color| color.contrast(WHITE) < 4.5) {
            let near = nearest(start, &[WHITE], 4.5).unwrap();
            // One step more of lightness than a color that just fails.
            assert!(
                near.contrast(WHITE) < 4.62,
                "{start} {near} {}",
                near.contrast(WHITE)
            );
            if near.lch().chroma > 0.05 {
                let turn = (near.lch().hue - start.lch().hue)
                    .to_degrees()
                    .rem_euclid(360.0);
                assert!(turn.min(360.0 - turn) < 3.0, "{start} {near} {turn}");
            }
        }
    }

    #[test]
    fn where_no_color_passes_there_is_none() {
        assert_eq!(nearest(color("#1f5650"), &[BLACK, WHITE], 7.0), None);
        assert_eq!(nearest(color("#777777"), &[WHITE], 21.0), Some(BLACK));
        assert_eq!(nearest(color("#777777"), &[BLACK], 21.0), Some(WHITE));
    }
}
