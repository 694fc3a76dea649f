//! Pages whose clinical review is overdue.

use crate::finding::rules::OVERDUE_REVIEW;
use crate::finding::{Finding, Findings};
use crate::model::Site;

/// Finds published pages whose due date and days of grace have passed today.
pub(super) fn overdue_review(site: &Site, findings: &mut Findings) {
    let settings = &site.settings.review;
    for page in site.published().filter(|page| !page.is_fallback()) {
        let Some(review) = &page.review else { continue };
        let due = review.due(settings);
        if site.today <= due.after_days(settings.grace_days) {
            continue;
        }
        let message = format!("the review of `{}` was due on {due}", page.key);
        let at = page
            .document
            .as_ref()
            .map_or(review.place, |document| document.start);
        findings.push(
            Finding::new(&OVERDUE_REVIEW, at, message)
                .also(review.place, "the last review")
                .help("ask a clinician to read the page, and record the review"),
        );
    }
}
