//! An accent color that is hard to read on the site's grounds.

use crate::finding::rules::LOW_CONTRAST;
use crate::finding::{Finding, Findings};
use crate::model::Site;
use crate::model::look::{LEAST, unreadable};

/// Finds an accent whose contrast is too low where the look uses it by day; by night it is made light enough.
pub(super) fn low_contrast(site: &Site, findings: &mut Findings) {
    let (Some(accent), Some(unreadable)) = (&site.settings.look.accent, unreadable(site)) else {
        return;
    };
    // Rounded down, so that a color that just fails does not seem to pass.
    let ratio = (unreadable.ratio * 10.0).floor() / 10.0;
    let color = unreadable.accent;
    let message = match unreadable.ground {
        "accent" => format!(
            "words on `{color}` have a contrast of at most {ratio} to 1; text needs at least {LEAST} to 1"
        ),
        ground => format!(
            "`{color}` has a contrast of {ratio} to 1 on {}; text needs at least {LEAST} to 1",
            words(ground)
        ),
    };
    let help = match unreadable.nearest {
        Some(near) => format!("write `{near}`, which is the nearest color that can be read"),
        None => "choose another color".to_owned(),
    };
    findings.push(Finding::new(&LOW_CONTRAST, accent.place, message).help(help));
}

fn words(ground: &str) -> &'static str {
    match ground {
        "surface" => "the ground of boxes",
        "accent-ground" => "the tinted ground of the key points",
        _ => "the page's ground",
    }
}
