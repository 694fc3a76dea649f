//! The style sheet that holds the site's accent, for the screen by day and by night; paper stays black on white.

use crate::model::Site;
use crate::model::look::{self, Tokens};
use std::fmt::Write as _;

/// Gives the address of the style sheet from the edition's root, if the site names an accent. Pages link it behind `assets/stepdown.css`.
pub(crate) fn address(site: &Site) -> Option<&'static str> {
    look::accent(site).map(|_| look::ADDRESS)
}

/// Writes the style sheet, if the site names an accent.
pub(crate) fn style_sheet(site: &Site) -> Option<String> {
    let look = look::look(site)?;
    let mut out = String::from("/* The accent of stepdown.toml */\n");
    media(&mut out, "screen", look.light);
    if let Some(dark) = look.dark {
        media(&mut out, "screen and (prefers-color-scheme: dark)", dark);
    }
    Some(out)
}

fn media(out: &mut String, query: &str, tokens: Tokens) {
    let _ = write!(
        out,
        "@media {query} {{\n  :root {{\n    --accent: {};\n",
        tokens.accent
    );
    if let Some(ground) = tokens.ground {
        let _ = writeln!(out, "    --accent-ground: {ground};");
    }
    let _ = write!(out, "    --accent-text: {};\n  }}\n}}\n", tokens.text);
}
