//! Settings that name things: pages, pictures, HTML elements and editions must exist.

use crate::base::html::SAFE_ELEMENTS;
use crate::base::path::SitePath;
use crate::finding::rules::{BROKEN_LINK, MISSING_IMAGE, WRONG_VALUE};
use crate::finding::{Finding, Findings};
use crate::model::Site;
use crate::settings::EditionName;

/// Finds settings that name something which is not there.
pub(super) fn settings_names(site: &Site, findings: &mut Findings) {
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
    if let Some(logo) = &settings.look.logo
        && site
            .snapshot
            .find(&SitePath::new(&format!("static/{}", logo.value)))
            .is_none()
    {
        let finding = Finding::new(
            &MISSING_IMAGE,
            logo.place,
            format!("there is no picture `static/{}`", logo.value),
        );
        findings.push(
            finding.help("put the logo into the folder `static`, and write its path from there"),
        );
    }
    if let Some(accent) = &settings.look.accent
        && !is_color(&accent.value)
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
    for edition in settings
        .editions
        .iter()
        .filter(|edition| !matches!(edition.value, EditionName::Web | EditionName::Zip))
    {
        let finding = Finding::new(
            &WRONG_VALUE,
            edition.place,
            format!(
                "this version of Stepdown cannot make the edition `{}` yet",
                edition.value.word()
            ),
        );
        findings.push(finding.help("take it out of `editions`; `web` and `zip` can be made"));
    }
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}
