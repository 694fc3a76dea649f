//! Checks of the whole site, and what is allowed. Faults of one file are found where it is read, faults of one page where it is resolved.

mod address_clash;
mod allow;
mod overdue_review;
mod settings_names;

use crate::finding::Findings;
use crate::model::Site;

/// Runs the checks that need the whole site.
pub(crate) fn check_site(site: &Site, findings: &mut Findings) {
    address_clash::address_clash(site, findings);
    allow::allow_without_reason(site, findings);
    settings_names::settings_names(site, findings);
    overdue_review::overdue_review(site, findings);
}

/// Marks the findings that the site or a page allows.
pub(crate) fn apply_allowances(site: &Site, findings: &mut Findings) {
    allow::apply(site, findings);
}
