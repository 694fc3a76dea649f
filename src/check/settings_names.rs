//! Settings that name things: pages, pictures and HTML elements must exist.

use crate::base::color::Color;
use crate::base::html::SAFE_ELEMENTS;
use crate::base::path::{SitePath, join};
use crate::base::place::Spot;
use crate::finding::fields::not_known;
use crate::finding::rules::{BROKEN_LINK, MISSING_IMAGE, WRONG_VALUE};
use crate::finding::{Finding, Findings};
use crate::load::Body;
use crate::model::Site;

/// Finds settings that name something which is not there; `editions` are the names of those that can be made.
pub(super) fn settings_names(site: &Site, editions: &[&str], findings: &mut Findings) {
    let settings = &site.settings;
    for name in settings
        .safety
        .crisis_page
        .iter()
        .chain(&settings.safety.stop_page)
    {
        if site.by_key(0, &name.value).is_none() {
            let finding = Finding::new(
                &BROKEN_LINK,
                name.place,
                format!("there is no page `{}`", name.value),
            );
            findings.push(finding.help("write the path of the page without language and ending, such as `families-crisis/crisis-help`"));
        }
    }
    if let Some(logo) = &settings.look.logo {
        check_logo(site, logo, findings);
    }
    if let Some(accent) = &settings.look.accent
        && Color::read(&accent.value).is_none()
    {
        let finding = Finding::new(
            &WRONG_VALUE,
            accent.place,
            format!("`{}` is not a color", accent.value),
        );
        findings.push(finding.help("write a color as `#` and six digits, such as `#1d5c63`"));
    }
    for element in settings
        .html
        .allow
        .iter()
        .filter(|element| !SAFE_ELEMENTS.contains(&element.value.as_str()))
    {
        let finding = Finding::new(
            &WRONG_VALUE,
            element.place,
            format!(
                "`{}` is not an element that articles may use",
                element.value
            ),
        );
        findings.push(finding.help(format!(
            "these can be allowed: {}",
            SAFE_ELEMENTS.join(", ")
        )));
    }
    let named = settings.editions.iter();
    for edition in named.filter(|edition| !editions.contains(&&*edition.value)) {
        let (message, help) = not_known(&edition.value, editions);
        let message = format!("`editions` cannot be used: {message}");
        findings.push(Finding::new(&WRONG_VALUE, edition.place, message).help(help));
    }
}

/// Finds a logo that pages cannot show.
fn check_logo(site: &Site, logo: &Spot<String>, findings: &mut Findings) {
    let path = format!("static/{}", logo.value);
    let is_inside = !logo.value.contains("://")
        && join("static", &logo.value).is_some_and(|path| path.as_str().starts_with("static/"));
    let from_there = "put the logo into the folder `static`, and write its path from there";
    let (rule, message, help) = match site.snapshot.find(&SitePath::new(&path)) {
        _ if !is_inside => (
            &WRONG_VALUE,
            format!("`{}` does not lie in the folder `static`", logo.value),
            from_there,
        ),
        None => (
            &MISSING_IMAGE,
            format!("there is no picture `{path}`"),
            from_there,
        ),
        // A picture has its size; of a file that cannot be read, another finding says why.
        Some(file) if matches!(file.body, Body::Asset(Some(_)) | Body::Unreadable(_)) => return,
        Some(_) => (
            &WRONG_VALUE,
            format!("the width and height of `{path}` cannot be read, so no page shows it"),
            "save the logo as PNG, JPEG or WebP, or as SVG whose first line names `width` and `height`",
        ),
    };
    findings.push(Finding::new(rule, logo.place, message).help(help));
}
