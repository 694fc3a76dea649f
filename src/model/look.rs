//! The colors of the look: the palette of the style sheet in use, where each color stands, and what follows from the site's accent.
//!
//! The style sheet comes in as text, whatever it holds. Out come colors; the writer of the style sheet and the check of contrast use the same ones.

use crate::base::color::Color;
use crate::base::path::SitePath;
use crate::model::Site;
use std::collections::BTreeMap;

/// The address of the style sheet that holds the site's accent.
pub(crate) const ADDRESS: &str = "assets/look.css";
/// The style sheet with the palette.
const STYLE_SHEET: &str = "static/assets/stepdown.css";

/// The contrast that the look gives to text (WCAG 2.2, 1.4.6).
const TEXT: f64 = 7.0;
/// The contrast of borders and marks that mean something (WCAG 2.2, 1.4.11).
const MARK: f64 = 3.0;
/// The contrast that text must have in any case (WCAG 2.2, 1.4.3).
pub(crate) const LEAST: f64 = 4.5;

/// How much of the accent goes into the ground of tinted boxes at most, in hundredths.
const LIGHT_TINT: u32 = 10;
const DARK_TINT: u32 = 12;

/// What words on the accent can be written in.
const PALE: Color = Color::new(0xff, 0xfd, 0xf9);
const DEEP: Color = Color::new(0x1c, 0x19, 0x16);

/// Every pair of colors in the look: what stands in front, on what it stands, and the contrast it has.
/// Lines and borders of cards are left out where words say the same.
pub(crate) const PAIRS: &[(&str, &str, f64)] = &[
    ("text", "ground", TEXT),
    ("text", "surface", TEXT),
    ("text", "sunken", TEXT),
    ("text", "accent-ground", TEXT),
    ("text", "important-ground", TEXT),
    ("text", "emergency-ground", TEXT),
    ("text", "urgent-ground", TEXT),
    ("text", "nonurgent-ground", TEXT),
    ("quiet", "ground", TEXT),
    ("quiet", "surface", TEXT),
    ("quiet", "sunken", TEXT),
    ("quiet", "accent-ground", TEXT),
    ("quiet", "important-ground", TEXT),
    ("quiet", "emergency-ground", TEXT),
    ("quiet", "urgent-ground", TEXT),
    ("quiet", "nonurgent-ground", TEXT),
    ("link", "ground", TEXT),
    ("link", "surface", TEXT),
    ("link", "sunken", TEXT),
    ("link", "accent-ground", TEXT),
    ("link", "important-ground", TEXT),
    ("link", "emergency-ground", TEXT),
    ("link", "urgent-ground", TEXT),
    ("link", "nonurgent-ground", TEXT),
    ("visited", "ground", TEXT),
    ("visited", "surface", TEXT),
    ("visited", "sunken", TEXT),
    ("visited", "accent-ground", TEXT),
    ("visited", "important-ground", TEXT),
    ("visited", "emergency-ground", TEXT),
    ("visited", "urgent-ground", TEXT),
    ("visited", "nonurgent-ground", TEXT),
    ("accent", "ground", TEXT),
    ("accent", "surface", TEXT),
    ("accent", "accent-ground", TEXT),
    ("accent-text", "accent", TEXT),
    ("emergency-text", "emergency", TEXT),
    ("urgent-text", "urgent", TEXT),
    ("nonurgent-text", "nonurgent", TEXT),
    ("edge", "ground", MARK),
    ("edge", "surface", MARK),
    ("edge", "sunken", MARK),
    ("edge", "accent-ground", MARK),
    ("edge", "important-ground", MARK),
    ("edge", "emergency-ground", MARK),
    ("edge", "urgent-ground", MARK),
    ("edge", "nonurgent-ground", MARK),
    ("focus", "ground", MARK),
    ("focus", "surface", MARK),
    ("focus", "sunken", MARK),
    ("focus", "accent-ground", MARK),
    ("focus", "important-ground", MARK),
    ("focus", "emergency-ground", MARK),
    ("focus", "urgent-ground", MARK),
    ("focus", "nonurgent-ground", MARK),
    ("important", "ground", MARK),
    ("important", "important-ground", MARK),
];

/// The colors of one scheme, by the names of their tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Palette(BTreeMap<String, Color>);

impl Palette {
    /// Gives the color of a token, if the style sheet names one.
    pub(crate) fn color(&self, token: &str) -> Option<Color> {
        self.0.get(token).copied()
    }

    /// Gives the contrast of a pair, if both colors are known.
    fn contrast(&self, front: &str, ground: &str) -> Option<f64> {
        Some(self.color(front)?.contrast(self.color(ground)?))
    }

    fn with(&self, token: &str, color: Color) -> Self {
        let mut palette = self.clone();
        palette.0.insert(token.to_owned(), color);
        palette
    }
}

/// The colors of the screen; paper has its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Palettes {
    /// By day.
    pub light: Palette,
    /// By night; what the style sheet does not name there is as by day.
    pub dark: Option<Palette>,
}

/// The tokens that follow from an accent, in one scheme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tokens {
    /// The accent.
    pub accent: Color,
    /// The ground with a little of it, if the style sheet names a ground.
    pub ground: Option<Color>,
    /// Words on it.
    pub text: Color,
}

/// What follows from the site's accent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    /// By day.
    pub light: Tokens,
    /// By night, if the style sheet has colors for it.
    pub dark: Option<Tokens>,
}

/// An accent that is hard to read by day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unreadable {
    /// The accent.
    pub accent: Color,
    /// The contrast that it has.
    pub ratio: f64,
    /// What stands in front.
    pub front: &'static str,
    /// On what it stands.
    pub ground: &'static str,
    /// The nearest color that can be read.
    pub nearest: Option<Color>,
}

/// Gives the accent that the settings name, if it is a color.
pub(crate) fn accent(site: &Site) -> Option<Color> {
    let accent = site.settings.look.accent.as_ref()?;
    Color::read(&accent.value)
}

/// Gives what follows from the site's accent, if it has one.
pub(crate) fn look(site: &Site) -> Option<Look> {
    Some(derive(&palettes(site), accent(site)?))
}

/// Finds out whether the site's accent is hard to read; the first pair that is tells where.
pub(crate) fn unreadable(site: &Site) -> Option<Unreadable> {
    let accent = accent(site)?;
    let palette = palettes(site).light;
    let (front, ground, ratio) = under(&palette, accent, LEAST)?;
    let nearest = accent.nearest_passing(|color| under(&palette, color, LEAST).is_none());
    Some(Unreadable {
        accent,
        ratio,
        front,
        ground,
        nearest,
    })
}

fn palettes(site: &Site) -> Palettes {
    let sheet = site.snapshot.find(&SitePath::new(STYLE_SHEET));
    read(sheet.map_or("", |sheet| sheet.text()))
}

/// Derives the colors of both schemes from an accent. By day it stays as it is; by night it becomes as light as reading needs.
fn derive(palettes: &Palettes, accent: Color) -> Look {
    let dark = palettes.dark.as_ref().map(|palette| {
        let is_readable = |color: &Color| {
            // The tint is mixed only for colors that can be read without it.
            let plain = ["ground", "surface"].iter().all(|ground| {
                palette
                    .color(ground)
                    .is_none_or(|ground| color.contrast(ground) >= TEXT)
            });
            plain
                && tinted(palette, *color, DARK_TINT)
                    .is_none_or(|ground| color.contrast(ground) >= TEXT)
        };
        let readable = accent.nearest_passing(|color| is_readable(&color));
        let accent = readable
            .or_else(|| palette.color("accent"))
            .unwrap_or(accent);
        tokens(palette, accent, DARK_TINT)
    });
    Look {
        light: tokens(&palettes.light, accent, LIGHT_TINT),
        dark,
    }
}

fn tokens(palette: &Palette, accent: Color, tint: u32) -> Tokens {
    let is_pale = PALE.contrast(accent) >= DEEP.contrast(accent);
    Tokens {
        accent,
        ground: tinted(palette, accent, tint),
        text: if is_pale { PALE } else { DEEP },
    }
}

/// Mixes some of the accent into the ground, but only so much that all other words and marks on it can still be read.
fn tinted(palette: &Palette, accent: Color, most: u32) -> Option<Color> {
    let ground = palette.color("ground")?;
    let others: Vec<(Color, f64)> = PAIRS
        .iter()
        .filter(|(front, on, _)| *on == "accent-ground" && *front != "accent")
        .filter_map(|(front, _, ratio)| Some((palette.color(front)?, *ratio)))
        .collect();
    let tints = (0..=most)
        .rev()
        .map(|share| ground.mix(accent, f64::from(share) / 100.0));
    let is_readable = |tint: &Color| {
        others
            .iter()
            .all(|(front, ratio)| front.contrast(*tint) >= *ratio)
    };
    Some(tints.clone().find(is_readable).unwrap_or(ground))
}

/// Finds the first pair in which an accent has less contrast than it must have by day.
fn under(
    palette: &Palette,
    accent: Color,
    least: f64,
) -> Option<(&'static str, &'static str, f64)> {
    let tokens = tokens(palette, accent, LIGHT_TINT);
    let mut palette = palette
        .with("accent", tokens.accent)
        .with("accent-text", tokens.text);
    if let Some(ground) = tokens.ground {
        palette = palette.with("accent-ground", ground);
    }
    PAIRS
        .iter()
        .filter(|(front, ground, _)| *front == "accent" || *ground == "accent")
        .filter_map(|(front, ground, _)| Some((*front, *ground, palette.contrast(front, ground)?)))
        .find(|(_, _, ratio)| *ratio < least)
}

/// Reads the colors from a style sheet: by day those of `:root`, by night those of `:root` where a screen prefers dark colors.
/// A token that is not written as `#` with three or six digits counts as absent.
fn read(sheet: &str) -> Palettes {
    let mut light = Palette::default();
    let mut night: Vec<(String, Option<Color>)> = Vec::new();
    let mut has_night = false;
    let mut around: Vec<String> = Vec::new();
    for piece in pieces(sheet) {
        match piece {
            Piece::Open(prelude) => {
                has_night |= is_dark(&prelude);
                around.push(prelude);
            }
            Piece::Close => {
                around.pop();
            }
            Piece::Declaration(name, value) => {
                let Some(token) = name.strip_prefix("--") else {
                    continue;
                };
                let color = color(&value);
                match around.as_slice() {
                    [root] if is_root(root) => match color {
                        Some(color) => {
                            light.0.insert(token.to_owned(), color);
                        }
                        None => {
                            light.0.remove(token);
                        }
                    },
                    [media, root] if is_dark(media) && is_root(root) => {
                        night.push((token.to_owned(), color));
                    }
                    _ => {}
                }
            }
        }
    }
    let dark = has_night.then(|| {
        let mut dark = light.clone();
        for (token, color) in night {
            match color {
                Some(color) => dark.0.insert(token, color),
                None => dark.0.remove(&token),
            };
        }
        dark
    });
    Palettes { light, dark }
}

fn is_root(prelude: &str) -> bool {
    prelude
        .split(',')
        .any(|selector| selector.trim() == ":root")
}

fn is_dark(prelude: &str) -> bool {
    let query: String = prelude.split_whitespace().collect();
    query.starts_with("@media")
        && query.contains("(prefers-color-scheme:dark)")
        && !query.contains("print")
}

fn color(value: &str) -> Option<Color> {
    let short = value
        .strip_prefix('#')
        .filter(|digits| digits.chars().count() == 3);
    match short {
        Some(digits) => {
            let long: String = digits.chars().flat_map(|digit| [digit, digit]).collect();
            Color::read(&format!("#{long}"))
        }
        None => Color::read(value),
    }
}

/// A piece of a style sheet.
enum Piece {
    /// What stands before `{`.
    Open(String),
    /// A name and its value.
    Declaration(String, String),
    /// `}`.
    Close,
}

/// Cuts a style sheet into its pieces. Comments are left out, and signs within quotes mean nothing.
fn pieces(sheet: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = sheet;
    while let Some(character) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, rest)| rest);
            words.push(' ');
            continue;
        }
        rest = &rest[character.len_utf8()..];
        match character {
            '"' | '\'' => {
                let quoted = quoted(rest, character);
                words.push_str(quoted);
                rest = &rest[quoted.len()..];
            }
            '{' => pieces.push(Piece::Open(taken(&mut words))),
            ';' => pieces.extend(declaration(&taken(&mut words))),
            '}' => {
                pieces.extend(declaration(&taken(&mut words)));
                pieces.push(Piece::Close);
            }
            other => words.push(other),
        }
    }
    pieces
}

/// Gives what stands before the end of a quotation, with its end; a line end ends it too.
fn quoted(rest: &str, quote: char) -> &str {
    let mut is_escaped = false;
    let end = rest.find(|character| {
        let is_end = !is_escaped && (character == quote || character == '\n');
        is_escaped = !is_escaped && character == '\\';
        is_end
    });
    end.map_or(rest, |end| &rest[..=end])
}

fn taken(words: &mut String) -> String {
    std::mem::take(words).trim().to_owned()
}

fn declaration(words: &str) -> Option<Piece> {
    let (name, value) = words.split_once(':')?;
    let value = value.trim().trim_end_matches("!important").trim_end();
    Some(Piece::Declaration(name.trim().to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Starter, starter_files};

    fn color(text: &str) -> Color {
        Color::read(text).unwrap()
    }

    /// Gives the palettes of the built-in style sheet.
    fn built_in() -> Palettes {
        let (_, sheet) = starter_files(Starter::LookOnly)
            .find(|(path, _)| *path == STYLE_SHEET)
            .unwrap();
        read(std::str::from_utf8(sheet).unwrap())
    }

    fn schemes(palettes: &Palettes) -> [(&'static str, &Palette); 2] {
        let dark = palettes.dark.as_ref().expect("the look has dark colors");
        [("light", &palettes.light), ("dark", dark)]
    }

    /// Puts the tokens of an accent into the palette of their scheme.
    fn put(palette: &Palette, tokens: Tokens) -> Palette {
        palette
            .with("accent", tokens.accent)
            .with("accent-text", tokens.text)
            .with("accent-ground", tokens.ground.unwrap())
    }

    /// Accents of all hues, pale, strong and dark, and some grays.
    fn accents() -> impl Iterator<Item = Color> {
        let parts = || (0..=255).step_by(85);
        parts().flat_map(move |red| {
            parts().flat_map(move |green| parts().map(move |blue| Color::new(red, green, blue)))
        })
    }

    #[test]
    fn every_pair_of_the_built_in_look_has_its_contrast_by_day_and_by_night() {
        let palettes = built_in();
        let mut faults = Vec::new();
        for (scheme, palette) in schemes(&palettes) {
            for (front, ground, least) in PAIRS {
                match palette.contrast(front, ground) {
                    Some(ratio) if ratio < *least => {
                        faults.push(format!("{scheme}: {front} on {ground} has {ratio:.2}"));
                    }
                    None => {
                        faults.push(format!("{scheme}: {front} or {ground} is not in the sheet"));
                    }
                    _ => {}
                }
            }
        }
        assert!(faults.is_empty(), "{faults:#?}");
    }

    #[test]
    fn every_color_of_the_built_in_look_stands_in_a_pair() {
        let palettes = built_in();
        // Lines and paper mean nothing.
        let without_meaning = ["line", "paper"];
        for (scheme, palette) in schemes(&palettes) {
            let lonely: Vec<&String> = palette
                .0
                .keys()
                .filter(|token| {
                    !without_meaning.contains(&token.as_str())
                        && !PAIRS
                            .iter()
                            .any(|(front, ground, _)| front == token || ground == token)
                })
                .collect();
            assert!(lonely.is_empty(), "{scheme}: {lonely:?}");
        }
    }

    #[test]
    fn the_built_in_accent_gives_its_own_scheme_by_day() {
        let palettes = built_in();
        let accent = palettes.light.color("accent").unwrap();
        let look = derive(&palettes, accent);
        assert_eq!(look.light.accent, accent);
        assert_eq!(look.light.text, PALE);
        assert_eq!(look.dark.unwrap().text, DEEP);
    }

    #[test]
    fn by_night_every_accent_can_be_read() {
        let palettes = built_in();
        let dark = palettes.dark.as_ref().unwrap();
        for accent in accents() {
            let tokens = derive(&palettes, accent).dark.unwrap();
            let palette = put(dark, tokens);
            for (front, ground, least) in PAIRS {
                let ratio = palette.contrast(front, ground).unwrap();
                assert!(
                    ratio >= *least,
                    "{accent}: {front} on {ground} has {ratio:.2}"
                );
            }
        }
    }

    #[test]
    fn an_accent_that_can_be_read_by_night_is_kept() {
        let accent = color("#f0d8a0");
        assert_eq!(derive(&built_in(), accent).dark.unwrap().accent, accent);
    }

    #[test]
    fn by_day_all_words_on_the_tint_can_be_read_whatever_the_accent() {
        let palettes = built_in();
        for accent in accents() {
            let tokens = derive(&palettes, accent).light;
            assert_eq!(tokens.accent, accent);
            let palette = put(&palettes.light, tokens);
            for (front, ground, least) in PAIRS {
                if *ground == "accent-ground" && *front != "accent" {
                    let ratio = palette.contrast(front, ground).unwrap();
                    assert!(
                        ratio >= *least,
                        "{accent}: {front} on {ground} has {ratio:.2}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_tint_is_a_tenth_unless_words_would_suffer() {
        let palettes = read(
            ":root { --ground: #ffffff; --text: #595959 }\n@media (prefers-color-scheme: dark) { :root { --ground: #000000; --text: #ffffff } }",
        );
        let accent = color("#804040");
        // The text has hardly more than 7 to 1 on white, so nothing can be mixed in by day.
        let look = derive(&palettes, accent);
        assert_eq!(look.light.ground, Some(color("#ffffff")));
        let dark = look.dark.unwrap();
        let tint = color("#000000").mix(dark.accent, 0.12);
        assert_eq!(dark.ground, Some(tint));
        let black = read(":root { --ground: #ffffff; --text: #000000 }");
        let tint = color("#ffffff").mix(accent, 0.1);
        assert_eq!(derive(&black, accent).light.ground, Some(tint));
    }

    #[test]
    fn the_nearest_accent_passes_in_every_pair() {
        let palette = built_in().light;
        let is_readable = |color: Color| under(&palette, color, LEAST).is_none();
        for accent in accents() {
            let near = accent.nearest_passing(is_readable).unwrap();
            assert!(is_readable(near), "{accent} {near}");
            assert!(near == accent || !is_readable(accent), "{accent} {near}");
        }
    }

    #[test]
    fn the_palette_is_read_as_browsers_read_it() {
        let palettes = read(
            "/* :root { --a: #111111 } */ @media print { :root { --ground: #ffffff } }
            :root { --a: #222222; --b: #ABCDEF ; --c: var(--a); --d: #fff; --e: url(\"}\\\"{;\"); color: #333333 }
            .x { --a: #444444 } @media (min-width: 40em) { :root { --a: #555555 } }
            @media screen and (prefers-color-scheme:dark) { :root { --a: #666666; --b: var(--a) } .x { --a: #777777 } }
            @supports (x: y) { @media (prefers-color-scheme: dark) { :root { --a: #888888 } } }",
        );
        let names = |palette: &Palette| {
            let tokens = palette
                .0
                .iter()
                .map(|(token, color)| format!("{token} {color}"));
            tokens.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(names(&palettes.light), "a #222222, b #abcdef, d #ffffff");
        assert_eq!(names(&palettes.dark.unwrap()), "a #666666, d #ffffff");
    }

    #[test]
    fn no_style_sheet_makes_the_reader_fail() {
        let sheet = ":root { --ground: #f8f4ed; --é: \"x\\; /* } */ } @media screen and (prefers-color-scheme: dark) { :root { --ground: #1c1916 } }";
        let accent = color("#1f5650");
        for (at, _) in sheet.char_indices() {
            derive(&read(&sheet[..at]), accent);
            derive(&read(&sheet[at..]), accent);
            under(&read(&sheet[at..]).light, accent, LEAST);
        }
        for sheet in [
            "",
            "}}}{",
            "'",
            "/*",
            "{;:--#",
            ":root{--ground:#é\u{0}1}",
            "\u{feff}@",
        ] {
            assert_eq!(read(sheet).light, Palette::default(), "{sheet}");
            assert_eq!(derive(&read(sheet), accent).light.accent, accent);
        }
    }
}
