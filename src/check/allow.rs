//! What a site or a page allows: each rule by name, each with a reason.

use crate::base::nearest::nearest;
use crate::base::place::FileId;
use crate::finding::rules::{ALLOW_WITHOUT_REASON, RULES, WRONG_VALUE, rule};
use crate::finding::{Finding, Findings, did_you_mean};
use crate::model::Site;
use crate::settings::Allowance;
use rustc_hash::FxHashMap;

/// Finds allowances without a reason, and of rules that do not exist.
pub(super) fn allow_without_reason(site: &Site, findings: &mut Findings) {
    let pages = site
        .pages
        .iter()
        .filter_map(|page| page.document.as_ref())
        .flat_map(|document| &document.front.allow);
    for allowance in site.settings.allow.iter().chain(pages) {
        let name = &allowance.rule.value;
        if rule(name).is_none() {
            let known = RULES.iter().map(|rule| rule.name);
            let help = did_you_mean(nearest(name, known), || {
                "`stepdown explain` lists all rules".to_owned()
            });
            findings.push(
                Finding::new(
                    &WRONG_VALUE,
                    allowance.rule.place,
                    format!("there is no rule `{name}`"),
                )
                .help(help),
            );
        }
        if allowance.reason.value.trim().is_empty() {
            let finding = Finding::new(
                &ALLOW_WITHOUT_REASON,
                allowance.rule.place,
                format!("`{name}` is allowed without a reason"),
            );
            findings
                .push(finding.help("write the reason behind it, so that the next person knows"));
        }
    }
}

/// Marks what is allowed: by the settings everywhere, by a page in its own file.
pub(super) fn apply(site: &Site, findings: &mut Findings) {
    let mut by_file: FxHashMap<FileId, &[Allowance]> = FxHashMap::default();
    for document in site.pages.iter().filter_map(|page| page.document.as_ref()) {
        if !document.front.allow.is_empty() {
            by_file.insert(document.file, &document.front.allow);
        }
    }
    for finding in findings {
        if finding.rule.name == ALLOW_WITHOUT_REASON.name {
            continue;
        }
        let of_page = finding
            .at
            .and_then(|place| by_file.get(&place.file))
            .copied()
            .unwrap_or_default();
        let allowance = of_page
            .iter()
            .chain(&site.settings.allow)
            .find(|allowance| allowance.rule.value == finding.rule.name);
        finding.allowed = allowance
            .map(|allowance| allowance.reason.value.trim().to_owned())
            .filter(|reason| !reason.is_empty());
    }
}
